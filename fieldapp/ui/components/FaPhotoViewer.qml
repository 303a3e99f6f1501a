// Photographs one at a time, as large as the screen allows and closer on demand; buttons do what a pinch does.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.Popup {
    id: root

    property list<string> sources
    property int current: 0
    // What the picture is, in a line, shown at the top.
    property string title: ""
    property real zoom: 1
    readonly property int count: root.sources.length
    readonly property string shownSource: root.opened && root.current < root.count ? root.sources[root.current] : ""
    // Central has it for long enough: nothing of it lies here any more.
    readonly property bool away: root.opened && root.count > 0 && root.shownSource === ""
    readonly property bool failed: root.away || picture.status === Image.Error
    property string name: "photoViewer"
    // Whether what is shown may be masked: a button then asks for it.
    property bool maskable: false

    // The height that is decoded at most: sharp when zoomed, and kind to the memory of a tablet.
    readonly property int decoded: 3072

    signal maskAsked(int at)

    function show(sources: list<string>, at: int): void {
        root.sources = sources;
        root.turnTo(at);
        root.open();
    }

    function turnTo(at: int): void {
        root.zoom = 1;
        root.current = Math.max(0, Math.min(root.count - 1, at));
    }

    function zoomTo(zoom: real): void {
        const middle = Qt.point((view.contentX + view.width / 2) / view.contentWidth, (view.contentY + view.height / 2) / view.contentHeight);
        root.zoom = Math.max(1, Math.min(8, zoom));
        view.contentX = Math.max(0, Math.min(view.contentWidth - view.width, middle.x * view.contentWidth - view.width / 2));
        view.contentY = Math.max(0, Math.min(view.contentHeight - view.height, middle.y * view.contentHeight - view.height / 2));
    }

    objectName: root.name
    parent: T.Overlay.overlay
    width: parent ? parent.width : 800
    height: parent ? parent.height : 600
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    onClosed: root.sources = []

    background: Rectangle {
        color: "#0B0D0F"
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title !== "" ? root.title : qsTr("照片")
    }

    contentItem: FocusScope {
        focus: true
        Keys.onLeftPressed: root.turnTo(root.current - 1)
        Keys.onRightPressed: root.turnTo(root.current + 1)
        Keys.onPressed: event => {
            if (event.text === "+" || event.text === "-")
                root.zoomTo(event.text === "+" ? root.zoom * 2 : root.zoom / 2);
        }

        Flickable {
            id: view

            objectName: root.name + ".view"
            anchors.fill: parent
            contentWidth: width * root.zoom
            contentHeight: height * root.zoom
            interactive: root.zoom > 1
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Image {
                id: picture

                readonly property bool shown: status === Image.Ready

                objectName: root.name + ".picture"
                width: view.contentWidth
                height: view.contentHeight
                source: root.shownSource
                sourceSize.height: root.decoded
                autoTransform: true
                asynchronous: true
                cache: false
                mipmap: true
                fillMode: Image.PreserveAspectFit
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("照片 %1").arg(root.current + 1)
            }
            PinchHandler {
                target: null
                onScaleChanged: delta => root.zoomTo(root.zoom * delta)
            }
            TapHandler {
                onDoubleTapped: root.zoomTo(root.zoom > 1 ? 1 : 2.5)
            }
        }
        FaBusy {
            anchors.centerIn: parent
            size: 56
            color: "white"
            running: picture.status === Image.Loading
        }
        Column {
            anchors.centerIn: parent
            spacing: Theme.spaceM
            visible: root.failed

            FaIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "photo"
                size: 64
                color: "#9AA4AE"
            }
            FaText {
                objectName: root.name + ".failed"
                text: root.away ? qsTr("照片已送达，本机不再保留") : qsTr("这张照片打不开")
                color: "white"
            }
        }
        Rectangle {
            width: parent.width
            height: head.implicitHeight + 2 * Theme.spaceS
            color: "#A6000000"

            RowLayout {
                id: head

                anchors.fill: parent
                anchors.leftMargin: Theme.spaceL
                anchors.rightMargin: Theme.spaceS
                spacing: Theme.spaceS

                FaTitles {
                    title: root.title
                    subtitle: root.count > 1 ? qsTr("%1 / %2").arg(root.current + 1).arg(root.count) : ""
                    ink: "white"
                    subtitleInk: "#C9D1D9"
                    Layout.fillWidth: true
                }
                FaIconButton {
                    objectName: root.name + ".mask"
                    iconName: "mask"
                    text: qsTr("遮盖人脸或车牌")
                    kind: "overlay"
                    large: true
                    visible: root.maskable
                    enabled: !root.failed
                    onClicked: {
                        const at = root.current;
                        root.close();
                        root.maskAsked(at);
                    }
                }
                FaIconButton {
                    objectName: root.name + ".smaller"
                    iconName: "zoom-out"
                    text: qsTr("缩小")
                    kind: "overlay"
                    large: true
                    enabled: root.zoom > 1
                    onClicked: root.zoomTo(root.zoom / 2)
                }
                FaIconButton {
                    objectName: root.name + ".larger"
                    iconName: "zoom-in"
                    text: qsTr("放大")
                    kind: "overlay"
                    large: true
                    enabled: !root.failed && root.zoom < 8
                    onClicked: root.zoomTo(root.zoom * 2)
                }
                FaIconButton {
                    objectName: root.name + ".close"
                    iconName: "cross"
                    text: qsTr("关闭")
                    kind: "overlay"
                    large: true
                    onClicked: root.close()
                }
            }
        }
        FaIconButton {
            objectName: root.name + ".previous"
            anchors.left: parent.left
            anchors.leftMargin: Theme.spaceM
            anchors.verticalCenter: parent.verticalCenter
            iconName: "chevron-left"
            text: qsTr("上一张")
            kind: "overlay"
            large: true
            visible: root.current > 0
            onClicked: root.turnTo(root.current - 1)
        }
        FaIconButton {
            objectName: root.name + ".next"
            anchors.right: parent.right
            anchors.rightMargin: Theme.spaceM
            anchors.verticalCenter: parent.verticalCenter
            iconName: "chevron-right"
            text: qsTr("下一张")
            kind: "overlay"
            large: true
            visible: root.current < root.count - 1
            onClicked: root.turnTo(root.current + 1)
        }
    }
}
