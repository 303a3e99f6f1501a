// A large sheet over the page for one choice: a title, a way out, and room for what is chosen from.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.Popup {
    id: root

    default property alias body: slot.data
    property alias foot: footer.data
    property string name: ""
    property string title: ""
    property string subtitle: ""
    property int maximumWidth: 1040
    property bool tall: true

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    modal: true
    dim: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    width: Math.min(root.maximumWidth * Math.min(Theme.textScale, 1.5), (parent ? parent.width : 800) - 2 * Theme.spaceXl)
    height: root.tall ? (parent ? parent.height : 600) - 2 * Theme.spaceXl
        : Math.min(implicitContentHeight + topPadding + bottomPadding, (parent ? parent.height : 600) - 2 * Theme.spaceXl)
    padding: Theme.spaceXl
    topPadding: Theme.spaceL

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
    }

    contentItem: ColumnLayout {
        spacing: Theme.spaceM

        RowLayout {
            spacing: Theme.spaceM

            FaTitles {
                title: root.title
                objectName: root.name + ".titles"
                subtitle: root.subtitle
                kind: "title"
                strong: true
                Layout.fillWidth: true
            }
            FaIconButton {
                objectName: root.name + ".close"
                iconName: "cross"
                text: qsTr("关闭")
                large: true
                Layout.rightMargin: -Theme.spaceL // its cross ends where what stands below it does
                onClicked: root.close()
            }
        }
        ColumnLayout {
            id: slot

            spacing: Theme.spaceM
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
        RowLayout {
            id: footer

            spacing: Theme.spaceM
            visible: children.length > 0
            Layout.fillWidth: true
        }
    }
}
