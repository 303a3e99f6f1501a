// What was found, what comes of it, and what the party says to it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property VisitViewModel visit
    readonly property list<string> results: ["passed", "put_right", "handed_on"]

    title: qsTr("检查结果")
    iconName: "flag"
    Layout.fillWidth: true

    VisitArea {
        visit: root.visit
        name: "note"
        label: qsTr("检查发现")
    }
    FaSegmented {
        objectName: "visit.result"
        label: qsTr("结果")
        labels: [qsTr("未发现问题"), qsTr("责令改正"), qsTr("移送立案")]
        currentIndex: root.results.indexOf(root.visit.result)
        Layout.fillWidth: true
        onActivated: index => root.visit.edit("result", root.results[index])
    }
    VisitArea {
        visit: root.visit
        name: "demand"
        label: qsTr("改正要求")
        visible: root.visit.result === "put_right"
    }
    VisitField {
        visit: root.visit
        name: "correct_by"
        label: qsTr("改正期限")
        placeholder: qsTr("如 2026-03-05")
        visible: root.visit.result === "put_right"
    }
    VisitArea {
        visit: root.visit
        name: "statement"
        label: qsTr("当事人陈述")
    }
}
