// Messages per case: the conversations at the left, the one that is open at the right, written offline too.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels
import "messages"
import "tasks"

Rectangle {
    id: root

    required property MessagesViewModel messages
    required property CameraViewModel camera
    property PhotoDeskViewModel photoDesk: null
    property bool shooting: false

    objectName: "messagesPage"
    color: Theme.background
    onVisibleChanged: {
        root.shooting = root.shooting && root.visible;
        root.messages.show(root.visible);
    }
    Component.onCompleted: root.messages.show(root.visible)

    FaSplit {
        id: split

        anchors.fill: parent
        ratio: root.width >= Theme.wide ? 0.36 : 0.42
        showSecond: root.messages.selected !== ""
        first: ColumnLayout {
            anchors.fill: parent
            spacing: 0

            FaPageHeader {
                title: qsTr("消息")
                subtitle: root.messages.unread > 0 ? qsTr("%1 条未读").arg(root.messages.unread) : qsTr("与指挥中心按案件沟通，离线可写")
            }
            ListView {
                id: list

                objectName: "messages.list"
                model: root.messages.items
                spacing: Theme.spaceS
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                topMargin: Theme.spaceM
                bottomMargin: Theme.spaceL
                reuseItems: true
                Accessible.role: Accessible.List
                Accessible.name: qsTr("消息")
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.leftMargin: Theme.spaceL

                Basic.ScrollBar.vertical: FaScrollBar {}

                delegate: ConversationRow {
                    width: list.width - Theme.spaceL
                    selected: root.messages.selected === caseId
                    onClicked: root.messages.open(caseId)
                }

                FaEmpty {
                    objectName: "messages.empty"
                    anchors.fill: parent
                    visible: root.messages.loaded && root.messages.items.count === 0
                    iconName: "comment"
                    title: qsTr("还没有消息")
                    text: qsTr("在“我的上报”或任务里打开案件，可以给指挥中心留言")
                }
            }
        }
        second: MessageThread {
            anchors.fill: parent
            messages: root.messages
            photoDesk: root.photoDesk
            inviting: root.messages.items.count > 0
            showBack: split.stacked
            onShootAsked: root.shooting = true
            onImportAsked: chooser.active = true
        }
    }
    ActCamera {
        name: "messages.camera"
        anchors.fill: parent
        camera: root.camera
        draft: root.messages.draft
        role: root.shooting ? "scene" : ""
        onClosed: root.shooting = false
        onImportAsked: chooser.active = true
    }
    Loader {
        id: chooser

        active: false
        onEnabledChanged: if (!chooser.enabled && chooser.item) (chooser.item as FileDialog).close() // it would block the locked screen
        sourceComponent: FileDialog {
            fileMode: FileDialog.OpenFiles
            title: qsTr("选择照片")
            nameFilters: [qsTr("照片 (*.jpg *.jpeg *.png *.heic *.heif)")]
            onAccepted: {
                root.messages.draft.importPhotos(selectedFiles, "scene");
                chooser.active = false;
            }
            onRejected: chooser.active = false
            Component.onCompleted: open()
        }
    }
}
