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
    property PhotoDeskViewModel photoDesk: null
    // Whether there is a conversation to be chosen.
    property bool inviting: true
    readonly property bool open: root.messages.selected !== ""

    signal shootAsked
    signal importAsked

    color: Theme.background

    FaEmpty {
        anchors.fill: parent
        visible: !root.open && root.inviting
        iconName: "comment"
        title: qsTr("选一个案件看消息")
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        visible: root.open

        FaPageHeader {
            objectName: "messages.header"
            title: root.messages.title !== "" ? root.messages.title : qsTr("消息")
            subtitle: [root.messages.number, root.messages.place].filter(part => part !== "").join(" · ")
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
            // whoever reads further back is left there
            property bool following: true

            function follow(): void {
                if (thread.following)
                    thread.positionViewAtEnd();
            }

            reuseItems: true
            onMovementEnded: thread.following = thread.atYEnd
            onCountChanged: Qt.callLater(thread.follow)
            onHeightChanged: Qt.callLater(thread.follow)
            onContentHeightChanged: Qt.callLater(thread.follow)

            Basic.ScrollBar.vertical: FaScrollBar {}

            header: FaButton {
                objectName: "messages.earlier"
                x: Theme.spaceL
                kind: "quiet"
                iconName: "chevron-up"
                text: qsTr("更早的消息")
                visible: root.messages.earlier
                height: visible ? implicitHeight : 0
                onClicked: {
                    thread.following = false;
                    root.messages.showEarlier();
                }
            }
            delegate: MessageBubble {
                width: thread.width
                voice: root.messages.voice
                onPhotosOpened: (larges, at) => {
                    viewer.originals = originals;
                    viewer.show(larges, at, root.messages.title);
                }
                onPhotoAsked: sha256 => root.messages.askLarge(sha256)
                onVoiceAsked: sha256 => root.messages.askVoice(sha256)
            }
        }
        MessageWriting {
            messages: root.messages
            Layout.fillWidth: true
            Layout.margins: Theme.spaceL
            Layout.topMargin: Theme.spaceS
            onShootAsked: root.shootAsked()
            onImportAsked: root.importAsked()
        }
    }
    FaPhotoOpener {
        id: viewer

        property list<string> originals

        objectName: "messages.viewer"
        maskable: root.photoDesk !== null && viewer.originals.length > 0
        onMaskAsked: at => root.photoDesk.maskFiled(root.messages.selected, viewer.originals[at])
    }
    Connections {
        function onSelectionChanged(): void {
            thread.following = true;
        }

        function onSent(): void {
            thread.following = true;
        }

        function onPhotoReady(address: string): void {
            viewer.originals = [];
            viewer.show([address], 0, root.messages.title);
        }

        target: root.messages
    }
}
