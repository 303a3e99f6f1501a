// The report's photos, and what became of those that gave trouble.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property CaptureViewModel capture

    signal importAsked
    signal giveUpAsked

    title: qsTr("照片")
    subtitle: root.capture.photos.count > 0 ? qsTr("%1 张，均已保存在本机").arg(root.capture.photos.count)
        : root.capture.form.joins !== "" ? qsTr("可不拍照，只写说明也行") : qsTr("至少一张，拍照或导入")
    tone: "normal"
    actions: FaBusy {
        running: root.capture.photosInHand > 0
    }

    FaPhotoStrip {
        id: strip

        objectName: "photos"
        model: root.capture.photos
        tileSize: 128
        addText: qsTr("导入")
        addIcon: "import"
        addable: !root.capture.submitting
        removable: !root.capture.submitting
        Layout.fillWidth: true
        onAddAsked: root.importAsked()
        onOpened: photoId => opener.show(root.capture.photos.larges(), root.capture.photos.placeOf(photoId), root.title)
        onRemoved: photoId => root.capture.removePhoto(photoId)
        onCountChanged: Qt.callLater(strip.positionViewAtEnd)
    }
    FaPhotoOpener {
        id: opener

        objectName: "photos.viewer"
        maskable: !root.capture.submitting
        onMaskAsked: at => root.capture.photos.mask(at)
    }
    FieldError {
        objectName: "photos.error"
        text: root.capture.form.photoError
    }
    FaBanner {
        objectName: "photos.removed"
        kind: "info"
        iconName: "trash"
        text: qsTr("已移除 1 张照片")
        actionText: qsTr("恢复")
        visible: root.capture.canPutBack
        onAction: root.capture.putBackPhoto()
    }
    FaBanner {
        objectName: "photos.unsaved"
        kind: "danger"
        title: qsTr("%1 张照片尚未保存").arg(root.capture.photosUnsaved)
        text: qsTr("照片暂存在内存中，请先不要关闭应用。")
        actionText: qsTr("重新保存")
        closable: true
        visible: root.capture.photosUnsaved > 0
        onAction: root.capture.saveAgain()
        onClosed: root.giveUpAsked()
    }
}
