// A conversation: bubbles, the newest at the bottom, and the field to write in.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property MessagesViewModel messages
    property bool showBack: false
    readonly property bool open: root.messages.selected !== ""

    color: Theme.background

    FaEmpty {
        anchors.fill: parent
        visible: !root.open
        iconName: "comment"
        title: qsTr("选一个案件看消息")
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        visible: root.open

        FaPageHeader {
            objectName: "messages.header"
            title: root.messages.title !== "" ? root.messages.title : qsTr("新消息")
            showBack: root.showBack
            onBack: root.messages.open("")
        }
        ListView {
            id: thread

            objectName: "messages.thread"
            model: root.messages.messages
            spacing: Theme.spaceM
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            topMargin: Theme.spaceL
            bottomMargin: Theme.spaceL
            Layout.fillWidth: true
            Layout.fillHeight: true
            onCountChanged: Qt.callLater(thread.positionViewAtEnd)

            Basic.ScrollBar.vertical: FaScrollBar {}

            delegate: MessageBubble {
                width: thread.width
            }
        }
        RowLayout {
            spacing: Theme.spaceM
            Layout.fillWidth: true
            Layout.margins: Theme.spaceL
            Layout.topMargin: Theme.spaceS

            FaTextArea {
                objectName: "messages.text"
                placeholder: qsTr("写给指挥中心")
                value: root.messages.text
                lines: 2
                Layout.fillWidth: true
                onEdited: text => root.messages.write(text)
            }
            FaButton {
                objectName: "messages.send"
                text: qsTr("发送")
                iconName: "send"
                enabled: root.messages.canSend
                Layout.alignment: Qt.AlignBottom
                onClicked: root.messages.send()
            }
        }
    }
}
