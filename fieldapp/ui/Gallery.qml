// Every component of the kit in one window, section by section, for people who build pages and for the screenshots that judge them.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.ApplicationWindow {
    id: root

    // 0 basics, 1 input, 2 lists, 3 plate, 4 photos and classes, 5 messages, 6 sign-in
    property int section: 0
    property bool withDialog: false
    property bool withToast: false

    readonly property list<string> files: ["Basics", "Input", "Lists", "Plate", "Photos", "Messages", "SignIn"]

    width: 1280
    height: 800
    title: "Fieldapp"
    color: Theme.background
    visible: true

    RowLayout {
        anchors.fill: parent
        spacing: 0

        FaNavRail {
            objectName: "rail"
            expanded: root.width >= Theme.wide
            current: root.section
            Layout.fillHeight: true
            onChosen: key => root.section = Number(key)
            footerItems: [
                FaNavItem {
                    key: "day"
                    text: Theme.name === "day" ? "强光" : Theme.name === "sunlight" ? "夜间" : "日间"
                    iconName: Theme.name === "day" ? "sun" : Theme.name === "sunlight" ? "moon" : "day"
                }
            ]

            FaNavItem {
                key: "0"
                text: "基础"
                iconName: "home"
            }
            FaNavItem {
                key: "1"
                text: "输入"
                iconName: "edit"
            }
            FaNavItem {
                key: "2"
                text: "列表"
                iconName: "task"
                badge: 3
            }
            FaNavItem {
                key: "3"
                text: "查车"
                iconName: "truck"
            }
            FaNavItem {
                key: "4"
                text: "照片"
                iconName: "camera"
            }
            FaNavItem {
                key: "5"
                text: "发件箱"
                iconName: "outbox"
                badge: 12
                alert: true
            }
            FaNavItem {
                key: "6"
                text: "登录"
                iconName: "user"
            }
        }
        ColumnLayout {
            spacing: 0

            FaPageHeader {
                objectName: "header"
                title: "组件样例"
                subtitle: "坂田街道 · 第二联合整治小队 · 张伟"
                showBack: root.section > 0
                onBack: root.section = 0

                FaAge {
                    text: "数据 2 小时前"
                }
                FaIconButton {
                    objectName: "header.sync"
                    iconName: "sync"
                    text: "立即同步"
                    kind: "secondary"
                }
            }
            Loader {
                source: "samples/" + root.files[root.section] + ".qml"
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
        }
    }

    FaToast {
        id: toast

        objectName: "toast"
    }
    FaDialog {
        id: dialog

        objectName: "dialog"
        kind: "danger"
        title: "删除这份草稿？"
        text: "草稿里有 3 张照片和一段说明。删除后 10 秒内可以撤销，之后无法找回。"
        acceptText: "删除草稿"
        rejectText: "保留"
    }
    Component.onCompleted: {
        if (root.withToast)
            toast.show("已保存，共 3 张照片", "撤销", 10, "success");
        if (root.withDialog)
            dialog.open();
    }
}
