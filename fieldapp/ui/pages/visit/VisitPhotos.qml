// The photos of one question, or of the visit as a whole: opened large by a touch, taken out after asking.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Flow {
    id: root

    required property VisitViewModel visit
    // The question's number; -1 for the visit as a whole.
    required property int question
    readonly property PhotoListModel photos: root.visit.pictures.of(root.question) as PhotoListModel

    objectName: "visit.photos." + root.question
    spacing: Theme.spaceM
    Layout.fillWidth: true

    Repeater {
        model: root.photos

        FaPhotoTile {
            required property int index
            required property string photoId
            required source
            required status
            required origin

            objectName: "visit.photo." + root.question + "." + index
            number: index + 1
            size: Math.round(136 * Math.min(Theme.textScale, 1.5))
            removable: !root.visit.busy
            onClicked: opener.show(root.photos.larges(), index, "")
            onRemoved: {
                removal.photoId = photoId;
                removal.open();
            }
        }
    }
    FaPhotoOpener {
        id: opener

        objectName: "visit.viewer." + root.question
        maskable: true
        onMaskAsked: at => root.visit.pictures.mask(root.photos.idAt(at))
    }
    FaDialog {
        id: removal

        property string photoId: ""

        objectName: "visit.remove." + root.question
        kind: "danger"
        title: qsTr("移除这张照片？")
        text: qsTr("照片会从本机删除，不能恢复；已有的签名会作废。")
        acceptText: qsTr("移除")
        onAccepted: root.visit.pictures.remove(removal.photoId)
    }
}
