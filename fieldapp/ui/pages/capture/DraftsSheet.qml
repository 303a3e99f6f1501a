// Reports put aside: go on with one, or throw it away, which is asked twice.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

CaptureSheet {
    id: root

    required property CaptureShelfViewModel shelf

    signal resumed(string draftId)
    signal discarded(string draftId)

    name: "draftsSheet"
    title: qsTr("草稿")
    subtitle: qsTr("草稿只在本机，提交后才会发送。")
    maximumWidth: 760
    onAboutToShow: root.shelf.refresh()

    ListView {
        objectName: "draftsSheet.list"
        visible: root.shelf.drafts.count > 0
        model: root.shelf.drafts
        clip: true
        spacing: Theme.spaceS
        boundsBehavior: Flickable.StopAtBounds
        Layout.fillWidth: true
        Layout.fillHeight: true

        delegate: FaListRow {
            id: row

            required property int index
            required property string draftId
            required property string note
            required property int photos
            required property string age
            required property bool recovered
            required property string className

            // The first words of the note: what tells a draft from the others while it has no class.
            readonly property string begins: row.note.length > 18 ? row.note.slice(0, 17) + "…" : row.note

            objectName: "draftsSheet." + row.index
            width: ListView.view.width
            iconName: row.recovered ? "photos" : "draft"
            iconTone: row.recovered ? "warning" : "primary"
            title: row.recovered ? qsTr("找回的照片") : row.className !== "" ? row.className
                : row.begins !== "" ? row.begins : qsTr("还没有写什么")
            subtitle: [row.className === "" && !row.recovered ? qsTr("未选类别") : "", qsTr("%1 张照片").arg(row.photos),
                qsTr("%1前").arg(row.age), row.className === "" && row.begins === row.note ? "" : row.note].filter(part => part !== "").join(" · ")
            subtitleLines: 2
            onClicked: root.resumed(row.draftId)

            FaIconButton {
                objectName: row.objectName + ".delete"
                iconName: "trash"
                text: qsTr("删除草稿")
                kind: "danger"
                onClicked: {
                    confirm.draftId = row.draftId;
                    confirm.photos = row.photos;
                    confirm.open();
                }
            }
        }
    }
    FaEmpty {
        visible: root.shelf.drafts.count === 0
        iconName: "draft"
        title: qsTr("没有其他草稿")
        text: qsTr("没写完的上报会自动保存在这里。")
        Layout.fillWidth: true
        Layout.fillHeight: true
    }
    FaDialog {
        id: confirm

        property string draftId: ""
        property int photos: 0

        objectName: "draftsSheet.confirm"
        kind: "danger"
        title: qsTr("删除这份草稿？")
        text: confirm.photos > 0 ? qsTr("草稿里的 %1 张照片会一并删除，无法找回。").arg(confirm.photos) : qsTr("删除后无法找回。")
        acceptText: qsTr("删除草稿")
        rejectText: qsTr("保留")
        onAccepted: root.discarded(confirm.draftId)
    }
}
