// One permit: a row to tap, or all its facts.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.map
import fieldapp.ui

ColumnLayout {
    id: root

    required property string permitId
    required property string fact
    required property string status
    required property string companyId
    required property string company
    required property string creditCode
    required property bool creditValid
    required property string project
    required property string site
    required property string disposalSite
    required property string route
    required property string validFrom
    required property string validTo
    required property string windows
    required property real approvedM3
    required property real usedM3
    required property string reason
    property bool open: false

    readonly property string span: qsTr("%1 至 %2").arg(root.validFrom).arg(root.validTo)

    signal opened
    signal companyAsked(string company)

    Layout.fillWidth: true

    LookupWords {
        id: words
    }
    FaListRow {
        objectName: "lookup.permit." + root.permitId
        title: root.permitId
        subtitle: root.span
        iconName: "permit"
        iconTone: words.tone(root.fact)
        chevron: true
        visible: !root.open
        Layout.fillWidth: true
        onClicked: root.opened()

        FactPill {
            fact: root.fact
        }
    }
    FaCard {
        objectName: "lookup.sheet." + root.permitId
        title: root.permitId
        subtitle: root.project
        iconName: "permit"
        spacing: Theme.spaceS
        visible: root.open
        actions: FactPill {
            fact: root.fact
        }

        FaDivider {}
        FaFact {
            label: qsTr("吊销原因")
            value: root.reason
            tone: root.status === "revoked" ? "danger" : "normal"
            strong: true
            visible: root.reason !== ""
        }
        FaFact {
            label: qsTr("有效期")
            value: root.span
            tone: root.fact === "expired" || root.fact === "not_yet" ? "warning" : "normal"
            strong: true
        }
        FaFact {
            label: qsTr("通行时段")
            value: words.windows(root.windows)
        }
        FaDivider {}
        FaFact {
            label: qsTr("工地")
            value: root.site
        }
        FaFact {
            label: qsTr("消纳场")
            value: root.disposalSite
        }
        RouteSketch {
            objectName: "lookup.route." + root.permitId
            route: root.route
            line: Theme.primary
            ink: Theme.text
            ground: Theme.surfaceSunken
            visible: !empty
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("核准路线示意")
            Layout.fillWidth: true
            implicitHeight: 148
        }
        FaDivider {}
        FaProgress {
            text: qsTr("核准方量")
            detail: qsTr("已用 %1 / %2 立方米").arg(Number(root.usedM3).toLocaleString(Qt.locale("en"), "f", 0)).arg(Number(root.approvedM3).toLocaleString(Qt.locale("en"), "f", 0))
            value: root.approvedM3 > 0 ? Math.min(1, root.usedM3 / root.approvedM3) : 0
            tone: value >= 1 ? "danger" : value >= 0.9 ? "warning" : "primary"
            visible: root.approvedM3 > 0
            Layout.fillWidth: true
            Layout.topMargin: Theme.spaceXs
            Layout.bottomMargin: Theme.spaceXs
        }
        FaDivider {}
        FaFact {
            label: qsTr("企业")
            value: root.company

            FaIconButton {
                objectName: "lookup.company." + root.permitId
                iconName: "chevron-right"
                text: qsTr("查看企业")
                visible: root.companyId !== ""
                onClicked: root.companyAsked(root.companyId)
            }
        }
        FaFact {
            label: qsTr("信用代码")
            value: root.creditCode
            tone: root.creditCode === "" || root.creditValid ? "normal" : "warning"
            iconName: root.creditCode === "" || root.creditValid ? "" : "warning"
        }
        FaFact {
            label: qsTr("登记状态")
            value: words.status(root.status)
        }
    }
}
