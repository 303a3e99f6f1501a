// One side of a pair of before and after: its photos, and ways to add one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property ActDraftViewModel draft
    required property PhotoListModel photos
    required property string role

    signal shootAsked
    signal importAsked

    Layout.alignment: Qt.AlignTop
    iconName: root.photos.count > 0 ? "check-circle" : "photo"
    subtitle: root.photos.count > 0 ? qsTr("%1 张").arg(root.photos.count) : qsTr("还没有照片")
    actions: FaIconButton {
        objectName: "tasks.import." + root.role
        iconName: "import"
        text: qsTr("从文件导入")
        visible: root.draft.hasCamera
        onClicked: root.importAsked()
    }

    Flow {
        id: tiles

        readonly property int side: Math.max(112, Math.min(152, Math.floor((width - Theme.spaceM) / 2)))

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

                objectName: "tasks.photo." + root.role + "." + index
                number: index + 1
                size: tiles.side
                removable: !root.draft.busy
                onClicked: opener.show(root.photos.larges(), index, root.title)
                onRemoved: {
                    question.photoId = photoId;
                    question.open();
                }
            }
        }
        AddTile {
            objectName: "tasks.add." + root.role
            size: tiles.side
            text: root.draft.hasCamera ? qsTr("拍照") : qsTr("导入照片")
            iconName: root.draft.hasCamera ? "camera" : "import"
            onClicked: root.draft.hasCamera ? root.shootAsked() : root.importAsked()
        }
    }

    FaPhotoOpener {
        id: opener

        objectName: "tasks.viewer." + root.role
        maskable: !root.draft.busy
        onMaskAsked: at => root.draft.mask(root.photos.idAt(at))
    }
    FaDialog {
        id: question

        property string photoId: ""

        objectName: "tasks.remove." + root.role
        kind: "danger"
        title: qsTr("移除这张照片？")
        text: qsTr("照片会从本机删除，不能恢复。")
        acceptText: qsTr("移除")
        onAccepted: root.draft.removePhoto(question.photoId)
    }
}
