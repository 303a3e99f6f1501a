// The photos of a record: each with its files on their way and what every one of them waits for.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property PhotoWayModel photos
    property string title: ""
    readonly property int tileSize: Math.round(108 * Math.min(Theme.textScale, 1.35))

    spacing: Theme.spaceM

    Repeater {
        model: root.photos

        RowLayout {
            id: way

            required property int index
            required property int slot
            required property string source
            required property string origin
            required property string thumbnail
            required property string thumbnailText
            required property string stamped
            required property string stampedText
            required property string original
            required property string originalText

            spacing: Theme.spaceL
            Layout.fillWidth: true

            FaPhotoTile {
                objectName: "outbox.photo." + way.index
                source: way.source
                number: way.index + 1
                origin: way.origin
                size: root.tileSize
                Layout.alignment: Qt.AlignTop
                onClicked: opener.show(root.photos.larges(), way.index, root.title)
            }
            ColumnLayout {
                spacing: Theme.spaceXs
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignVCenter

                PartLine {
                    objectName: "outbox.photo." + way.index + ".thumbnail"
                    label: qsTr("缩略图")
                    status: way.thumbnail
                    text: way.thumbnailText
                    Layout.fillWidth: true
                }
                PartLine {
                    objectName: "outbox.photo." + way.index + ".stamped"
                    label: qsTr("水印图")
                    status: way.stamped
                    text: way.stampedText
                    Layout.fillWidth: true
                }
                PartLine {
                    objectName: "outbox.photo." + way.index + ".original"
                    label: qsTr("原图")
                    status: way.original
                    text: way.originalText
                    Layout.fillWidth: true
                }
            }
        }
    }
    FaPhotoOpener {
        id: opener

        objectName: "outbox.viewer"
    }
}
