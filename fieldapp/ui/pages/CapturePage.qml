// Capturing: the camera at the left, the report at the right; one at a time where there is no room for both.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels
import "capture"

Item {
    id: root

    required property CaptureViewModel capture
    required property CameraViewModel camera

    // Where only one of the two has room: what is added to a case may be words alone, and which case it is stands in the form;
    // and without a camera there is nothing to see but the form.
    readonly property bool formFirst: root.capture.form.joins !== "" || root.camera.state === "none"

    objectName: "capturePage"
    onFormFirstChanged: if (root.formFirst) split.showSecond = true

    FaSplit {
        id: split

        anchors.fill: parent
        ratio: 0.52
        divided: false
        first: CameraPane {
            anchors.fill: parent
            camera: root.camera
            place: root.capture.place
            shown: root.visible && root.enabled && (!split.stacked || !split.showSecond)
            canShoot: root.capture.canShoot
            working: root.capture.photosInHand > 0
            room: root.capture.shelf.room
            formText: split.stacked ? qsTr("填写（%1 张）").arg(root.capture.photos.count) : ""
            onShutter: root.capture.shutter()
            onImportAsked: importSheet.open()
            onFormAsked: split.showSecond = true
        }
        second: ReportPane {
            anchors.fill: parent
            capture: root.capture
            withCamera: split.stacked
            onCameraAsked: split.showSecond = false
            onImportAsked: importSheet.open()
            onClassAsked: classSheet.open()
            onUnitAsked: unitSheet.open()
            onDraftsAsked: draftsSheet.open()
            onCoordinatesAsked: coordinates.open()
            onGiveUpAsked: giveUp.open()
        }
    }
    DropArea {
        anchors.fill: parent
        onDropped: drop => {
            if (drop.hasUrls)
                root.capture.importFiles(drop.urls.map(url => url.toString()));
        }
    }
    ImportSheet {
        id: importSheet

        picker: root.capture.picker
        onPicked: files => root.capture.importFiles(files)
    }
    ClassSheet {
        id: classSheet

        classes: root.capture.classes
    }
    UnitSheet {
        id: unitSheet

        suggest: root.capture.suggest
    }
    DraftsSheet {
        id: draftsSheet

        shelf: root.capture.shelf
        onResumed: draftId => {
            draftsSheet.close();
            split.showSecond = true;
            root.capture.resume(draftId);
        }
        onDiscarded: draftId => root.capture.discard(draftId)
    }
    CoordinateDialog {
        id: coordinates

        objectName: "coordinates"
        onChosen: (lon, lat) => root.capture.pinAt(lon, lat)
    }
    FaDialog {
        id: giveUp

        objectName: "giveUp"
        kind: "danger"
        title: qsTr("放弃未保存的照片？")
        text: qsTr("这些照片只在内存中，放弃后无法找回。")
        acceptText: qsTr("放弃照片")
        rejectText: qsTr("保留")
        onAccepted: root.capture.dropUnsaved()
    }
}
