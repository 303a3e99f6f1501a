// Photos of a report or an act: those that lie on this device, opened large by a touch; the others are asked of central.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels

Flow {
    id: root

    property list<string> photos
    property list<string> larges
    property list<string> originals
    property list<string> wanted
    property int photoCount: 0
    property int tileSize: 120
    property string caseId: ""
    property PhotoDeskViewModel photoDesk: null

    property string title: ""

    readonly property int elsewhere: root.photoCount - root.photos.length

    spacing: Theme.spaceS

    Repeater {
        model: root.photos

        FaPhotoTile {
            required property string modelData
            required property int index

            objectName: root.objectName + "." + index
            source: modelData
            number: index + 1
            size: root.tileSize
            onClicked: opener.show(root.larges, index, root.title)
        }
    }
    TaskPill {
        objectName: "tasks.photosElsewhere"
        iconName: "cloud"
        text: root.elsewhere > 0 && !fetcher.visible ? qsTr("%1 张照片在服务器上").arg(root.elsewhere) : ""
    }
    FaButton {
        id: fetcher

        objectName: root.objectName + ".fetch"
        kind: "secondary"
        iconName: "download"
        text: qsTr("取回 %1 张照片").arg(root.elsewhere)
        visible: root.photoDesk !== null && root.elsewhere > 0 && root.wanted.some(hash => hash !== "")
        onClicked: root.photoDesk.fetch(root.wanted)
    }
    FaPhotoOpener {
        id: opener

        objectName: root.objectName + ".viewer"
        maskable: root.photoDesk !== null && root.caseId !== ""
        onMaskAsked: at => root.photoDesk.maskFiled(root.caseId, root.originals[at])
    }
}
