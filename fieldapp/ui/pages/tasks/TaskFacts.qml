// What is known of the case: when it is due, where it is, what was reported and by whom.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property TaskSheetViewModel sheet
    property PhotoDeskViewModel photoDesk: null

    signal mapAsked

    spacing: Theme.spaceXs
    title: qsTr("案件信息")
    iconName: "info"
    actions: FaButton {
        objectName: "tasks.map"
        kind: "secondary"
        iconName: "map"
        text: qsTr("地图")
        visible: root.sheet.hasPlace
        onClicked: root.mapAsked()
    }

    TaskWords {
        id: words
    }

    FaText {
        text: root.sheet.note
        visible: text !== ""
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.spaceS
    }
    FaFact {
        label: qsTr("时限")
        iconName: root.sheet.dueLevel === "" ? "clock" : words.dueSign(root.sheet.dueLevel)
        tone: root.sheet.dueLevel === "" || root.sheet.dueLevel === "green" ? "normal" : words.dueTone(root.sheet.dueLevel)
        value: root.sheet.dueLevel === "" ? qsTr("截止 %1").arg(root.sheet.dueAt)
            : words.due(root.sheet.dueLevel, root.sheet.dueMinutes) + (root.sheet.dueAt === "" ? "" : qsTr("（截止 %1）").arg(root.sheet.dueAt))
        visible: root.sheet.dueLevel !== "" || root.sheet.dueAt !== ""
        strong: root.sheet.dueLevel === "red"
    }
    FaFact {
        label: qsTr("位置")
        iconName: "location"
        value: [root.sheet.place, words.away(root.sheet.distance)].filter(part => part !== "").join(" · ")
    }
    FaFact {
        label: qsTr("车牌")
        iconName: "truck"
        value: root.sheet.plate
        visible: value !== ""
    }
    FaFact {
        label: qsTr("来源")
        iconName: "user"
        value: [words.source(root.sheet.source), root.sheet.reporter, root.sheet.reportedAt].filter(part => part !== "").join(" · ")
    }
    FaFact {
        label: qsTr("编号")
        iconName: "draft"
        value: [root.sheet.shortId, root.sheet.classCode].join(" · ")
    }
    FaFact {
        objectName: "tasks.learned"
        label: qsTr("总结")
        iconName: "flag-done"
        value: root.sheet.learned
        visible: value !== ""
    }
    TaskPhotos {
        objectName: "tasks.photos"
        title: root.sheet.title
        photos: root.sheet.photos
        larges: root.sheet.largePhotos
        originals: root.sheet.photoOriginals
        wanted: root.sheet.photosWanted
        caseId: root.sheet.caseId
        photoDesk: root.photoDesk
        photoCount: root.sheet.photoCount
        visible: root.sheet.photoCount > 0
        Layout.fillWidth: true
        Layout.topMargin: Theme.spaceS
    }
}
