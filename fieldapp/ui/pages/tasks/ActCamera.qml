// The camera over the whole page while photos of before or after are taken.
import QtQuick
import fieldapp.viewmodels
import "../capture"

CameraSheet {
    id: root

    required property ActDraftViewModel draft
    // before, after or scene; "" while the camera rests
    property string role: ""
    readonly property PhotoListModel photos: root.role === "before" ? root.draft.before : root.draft.after

    name: "tasks.camera"
    title: root.role === "before" ? qsTr("处置前") : root.role === "after" ? qsTr("处置后") : qsTr("现场照片")
    count: root.photos.count
    working: root.draft.inHand > 0
    shown: root.role !== "" && root.draft.takesPhotos
    onShutter: root.draft.shoot(root.role)
}
