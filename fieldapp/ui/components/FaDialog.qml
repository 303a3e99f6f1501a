// A question that must be answered first. The safe answer stands left and takes Escape.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.Dialog {
    id: root

    default property alias body: slot.data
    property string text: ""
    property string iconName: root.kind === "danger" ? "warning" : ""
    // primary or danger: what the accepting button means
    property string kind: "primary"
    property string acceptText: qsTr("确定")
    property string rejectText: qsTr("取消")
    property bool acceptEnabled: true
    property bool closeOnAccept: true
    property bool busy: false
    // Asked when closeOnAccept is false: the page closes the dialog when the work is done.
    signal asked

    function toTop(): void {
        scroll.contentY = 0;
    }

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    modal: true
    dim: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    width: Math.min(560 * Math.min(Theme.textScale, 1.4), (parent ? parent.width : 560) - 2 * Theme.spaceXl)
    height: Math.min(implicitHeight, (parent ? parent.height : 2000) - 2 * Theme.spaceL)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.spaceXl

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }

    background: Rectangle {
        radius: Theme.radiusL
        color: Theme.surfaceRaised
        border.width: Theme.line
        border.color: Theme.sunlight || Theme.dark ? Theme.outlineStrong : Theme.outline
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title
        Accessible.description: root.text
    }

    contentItem: ColumnLayout {
        spacing: Theme.spaceL

        RowLayout {
            spacing: Theme.spaceM
            visible: root.title !== ""

            FaIcon {
                name: root.iconName
                size: Theme.iconLarge
                color: root.kind === "danger" ? Theme.danger : Theme.primary
            }
            FaText {
                text: root.title
                kind: "title"
                Layout.fillWidth: true
            }
        }
        FaScroll {
            id: scroll

            padding: 0
            gutter: Theme.spaceL // the bar stands in the dialog's own padding
            contentWidth: width
            implicitHeight: contentHeight
            visible: root.text !== "" || slot.children.length > 0
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.rightMargin: -gutter

            FaText {
                text: root.text
                color: Theme.textMuted
                visible: text !== ""
                Layout.fillWidth: true
            }
            ColumnLayout {
                id: slot

                spacing: Theme.spaceM
                visible: children.length > 0
                Layout.fillWidth: true
            }
        }
        RowLayout {
            spacing: Theme.spaceM
            uniformCellSizes: true
            Layout.topMargin: Theme.spaceS

            FaButton {
                objectName: root.objectName + ".reject"
                kind: "secondary"
                large: true
                text: root.rejectText
                visible: text !== ""
                enabled: !root.busy
                Layout.fillWidth: true
                Layout.fillHeight: true
                onClicked: root.reject()
            }
            FaButton {
                objectName: root.objectName + ".accept"
                kind: root.kind
                text: root.acceptText
                visible: text !== ""
                enabled: root.acceptEnabled
                busy: root.busy
                Layout.fillWidth: true
                Layout.fillHeight: true
                onClicked: {
                    if (root.closeOnAccept)
                        root.accept();
                    else
                        root.asked();
                }
            }
        }
    }
}
