// Who is visited: typed, or chosen from the city's companies and sites, which are searched offline.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property VisitViewModel visit

    title: qsTr("被检查单位")
    iconName: "building"
    Layout.fillWidth: true

    VisitField {
        visit: root.visit
        name: "party_name"
        label: qsTr("单位名称")
        placeholder: qsTr("输入名称，从本市企业、工地、消纳场中选")
        mandatory: true
    }
    Repeater {
        model: root.visit.parties
        delegate: FaListRow {
            required title
            required subtitle
            required property string code
            required property string kind

            objectName: "visit.party." + code
            iconName: kind === "company" ? "building" : "site"
            chevron: true
            Layout.fillWidth: true
            onClicked: root.visit.chooseParty(code)
        }
    }
    GridLayout {
        columns: root.width < 560 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.spaceM
        rowSpacing: Theme.spaceM
        Layout.fillWidth: true

        VisitField {
            visit: root.visit
            name: "credit_code"
            label: qsTr("统一社会信用代码")
        }
        VisitField {
            visit: root.visit
            name: "address"
            label: qsTr("地址")
        }
        VisitField {
            visit: root.visit
            name: "present"
            label: qsTr("现场人员")
        }
        VisitField {
            visit: root.visit
            name: "position"
            label: qsTr("职务")
        }
        VisitField {
            visit: root.visit
            name: "phone"
            label: qsTr("联系电话")
            inputMethodHints: Qt.ImhDialableCharactersOnly
        }
    }
}
