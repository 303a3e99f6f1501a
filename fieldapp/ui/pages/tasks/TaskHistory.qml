// What happened so far, newest first: central's acts, own acts on their way, and refused ones with the reason.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property CaseHistoryModel model
    property string caseId: ""
    property bool filed: false
    property PhotoDeskViewModel photoDesk: null

    spacing: 0

    Repeater {
        model: root.model

        HistoryRow {
            required property int index

            first: index === 0
            last: index === root.model.count - 1
            caseId: root.caseId
            filed: root.filed
            photoDesk: root.photoDesk
            Layout.fillWidth: true
            onCompareAsked: compare.show(before, after)
        }
    }
    BeforeAfter {
        id: compare

        objectName: "tasks.history.compare"
    }
}
