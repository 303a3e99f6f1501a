// A company: who it is, what warns of it, and its trucks, read page by page as one scrolls.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ListView {
    id: root

    required property LookupViewModel lookup
    required property CompanyViewModel company
    // Whether whoever sits here may visit companies.
    property bool visits: false
    // Whether somebody scrolled this company: until then its head stays in sight while that grows.
    property bool moved: false

    function stayAtHead(): void {
        if (!root.moved)
            root.positionViewAtBeginning();
    }

    signal visitAsked

    objectName: "lookup.trucks"
    leftMargin: Theme.spaceL
    rightMargin: Theme.spaceL
    model: root.company.trucks
    spacing: Theme.spaceS
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    onMovementStarted: root.moved = true
    onAtYEndChanged: {
        if (root.atYEnd && root.visible)
            root.company.more();
    }

    Connections {
        target: root.company

        function onChanged(): void {
            root.moved = false;
            root.positionViewAtBeginning();
        }
    }
    LookupWords {
        id: words
    }

    header: ColumnLayout {
        width: root.width - 2 * Theme.spaceL
        spacing: Theme.spaceM
        onHeightChanged: Qt.callLater(root.stayAtHead)

        FaCard {
            objectName: "lookup.companyCard"
            title: root.company.name
            iconName: "building"
            Layout.topMargin: Theme.spaceL

            FaFact {
                label: qsTr("信用代码")
                value: root.company.creditCode
                tone: root.company.creditValid ? "normal" : "warning"
                iconName: root.company.creditValid ? "" : "warning"
            }
            FaFact {
                label: qsTr("地址")
                value: root.company.address
            }
            FaButton {
                objectName: "lookup.visit"
                kind: "secondary"
                text: qsTr("开始检查")
                iconName: "shield"
                visible: root.visits
                onClicked: root.visitAsked()
            }
        }
        Repeater {
            model: root.company.blacklist

            BlacklistNote {}
        }
        FaText {
            text: root.company.trucks.count > 0 ? qsTr("车辆") : qsTr("没有登记在这家企业名下的许可")
            kind: "label"
            color: Theme.textMuted
            Layout.topMargin: Theme.spaceS
            Layout.bottomMargin: Theme.spaceS
        }
    }
    delegate: FaListRow {
        id: row

        required property string plate
        required property string fact
        required property string validTo
        required property int permits

        objectName: "lookup.truck." + plate
        width: ListView.view.width - 2 * Theme.spaceL
        title: plate
        subtitle: permits > 1 ? qsTr("至 %1 · %2 张许可").arg(validTo).arg(permits) : qsTr("至 %1").arg(validTo)
        iconName: "truck"
        iconTone: words.tone(fact)
        chevron: true
        onClicked: root.lookup.choose("truck", plate)

        FactPill {
            fact: row.fact
        }
    }
    footer: Item {
        width: root.width - 2 * Theme.spaceL
        height: more.visible ? more.height + 2 * Theme.spaceL : Theme.spaceL

        FaButton {
            id: more

            objectName: "lookup.moreTrucks"
            y: Theme.spaceL
            width: parent.width
            kind: "secondary"
            text: qsTr("更多车辆")
            busy: root.company.loading
            visible: root.company.hasMore
            onClicked: root.company.more()
        }
    }
}
