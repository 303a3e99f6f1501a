// What can be chosen on this tablet, and what is to be known about it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "map"
import "settings"

Item {
    id: root

    required property SettingsViewModel settings
    required property SessionViewModel session
    required property LinkViewModel link
    required property SendingViewModel sending
    required property MapOfferViewModel mapOffer
    // Whether a patrol runs, which signing out ends.
    property bool patrolling: false
    readonly property bool narrow: root.width < 980 * Math.min(Theme.textScale, 1.6)

    signal sendAsked
    signal rescueAsked

    objectName: "settingsPage"
    onVisibleChanged: {
        if (root.visible) {
            root.settings.refresh();
            root.sending.refresh();
            root.mapOffer.look();
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "settings.header"
            title: qsTr("设置")
            subtitle: root.settings.city

            FaButton {
                objectName: "settings.lock"
                kind: "secondary"
                iconName: "lock"
                text: qsTr("锁定屏幕")
                onClicked: root.session.lock()
            }
            FaButton {
                objectName: "settings.signOut"
                kind: "secondary"
                iconName: "logout"
                text: qsTr("退出登录")
                onClicked: leave.open()
            }
        }
        FaScroll {
            Layout.fillWidth: true
            Layout.fillHeight: true

            GridLayout {
                columns: root.narrow ? 1 : 2
                columnSpacing: Theme.spaceL
                rowSpacing: Theme.spaceL
                uniformCellWidths: true
                Layout.fillWidth: true

                ColumnLayout {
                    spacing: Theme.spaceL
                    Layout.alignment: Qt.AlignTop
                    Layout.fillWidth: true

                    DisplayCard {
                        settings: root.settings
                    }
                    SafetyCard {
                        settings: root.settings
                    }
                    AboutCard {
                        settings: root.settings
                        session: root.session
                        onLicencesAsked: {
                            root.settings.readLicences();
                            licences.open();
                        }
                    }
                }
                ColumnLayout {
                    spacing: Theme.spaceL
                    Layout.alignment: Qt.AlignTop
                    Layout.fillWidth: true

                    SendingCard {
                        sending: root.sending
                        link: root.link
                        onSendAsked: root.sendAsked()
                    }
                    FaCard {
                        title: qsTr("离线底图")
                        subtitle: qsTr("地图下面的底图，由城市服务器提供")
                        iconName: "map"
                        visible: root.mapOffer.shown

                        MapOffer {
                            offer: root.mapOffer
                            place: "settings.map"
                            Layout.fillWidth: true
                        }
                    }
                    FaCard {
                        title: qsTr("救援导出")
                        subtitle: qsTr("把没有送达的内容写进一个加密文件，交给管理员导入")
                        iconName: "storage"

                        FaButton {
                            objectName: "settings.rescue"
                            kind: "secondary"
                            iconName: "download"
                            text: qsTr("打开")
                            onClicked: root.rescueAsked()
                        }
                    }
                    DataCard {
                        settings: root.settings
                    }
                }
            }
        }
    }

    FaDialog {
        id: leave

        objectName: "settings.leave"
        title: qsTr("退出登录？")
        text: (root.patrolling ? qsTr("正在巡查：退出后巡查即结束，轨迹会保存。") + "\n" : "") + (root.link.anythingPending
            ? qsTr("还有 %1。内容会保留在本机，并继续自动发送。").arg(root.link.pendingText)
            : qsTr("没有待发送的内容。草稿会保留在本机。"))
        iconName: "logout"
        acceptText: qsTr("退出登录")
        onAccepted: root.session.signOut()
    }
    FaDialog {
        id: licences

        objectName: "settings.licencesDialog"
        title: qsTr("开源许可")
        text: root.settings.licences
        acceptText: qsTr("关闭")
        rejectText: ""
    }
}
