// How far something is: a bar, what it is about, and figures at the right.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.ProgressBar {
    id: root

    property string text: ""
    property string detail: ""
    property string tone: "primary"

    implicitWidth: 280
    implicitHeight: implicitContentHeight
    Accessible.name: text
    Accessible.description: detail

    FaTone {
        id: colors

        tone: root.tone
    }

    contentItem: ColumnLayout {
        spacing: Theme.spaceS

        RowLayout {
            visible: root.text !== "" || root.detail !== ""
            spacing: Theme.spaceM

            FaText {
                text: root.text
                kind: "label"
                Layout.fillWidth: true
            }
            FaText {
                text: root.detail
                kind: "label"
                strong: false
                color: Theme.textMuted
                horizontalAlignment: Text.AlignRight
                Layout.maximumWidth: root.width * 0.6
            }
        }
        Rectangle {
            id: track

            implicitHeight: 12
            radius: 6
            color: Theme.surfaceSunken
            border.width: Theme.sunlight ? Theme.line : 0
            border.color: Theme.outlineStrong
            clip: root.indeterminate
            Layout.fillWidth: true

            Rectangle {
                id: bar

                width: root.indeterminate ? track.width * 0.3
                    : root.visualPosition > 0 ? Math.max(height, track.width * root.visualPosition) : 0
                height: track.height
                radius: track.radius
                color: colors.fill

                NumberAnimation on x {
                    from: -bar.width
                    to: track.width
                    duration: 1400
                    loops: Animation.Infinite
                    running: root.indeterminate && root.visible && Theme.animated
                }
            }
        }
    }
}
