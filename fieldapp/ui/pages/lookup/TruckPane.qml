// A truck: the verdict at the top, why and what to do, then warnings, permits, its cases, look-alikes.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property LookupViewModel lookup
    required property TruckViewModel truck

    property bool withPlate: false
    property int chosen: 0
    // Where all is in order the next truck comes; everywhere else there is something to record.
    readonly property bool inOrder: root.lookup.verdict.answer === "allowed"

    spacing: 0

    Connections {
        target: root.truck

        function onChanged(): void {
            root.chosen = 0;
            scroller.contentY = 0;
        }
    }

    FaScroll {
        id: scroller

        objectName: "lookup.result"
        padding: Theme.spaceL
        spacing: Theme.spaceM
        Layout.fillWidth: true
        Layout.fillHeight: true

        VerdictCard {
            truck: root.truck
            verdict: root.lookup.verdict
            conditions: root.lookup.conditions
            age: root.lookup.age
            withPlate: root.withPlate
        }
        ReasonCard {
            verdict: root.lookup.verdict
            conditions: root.lookup.conditions
        }
        MeasureCard {
            conditions: root.lookup.conditions
        }
        Repeater {
            model: root.truck.blacklist

            BlacklistNote {
                visible: active
            }
        }
        FaCard {
            objectName: "lookup.whatNow"
            title: qsTr("查不到时")
            iconName: "info"
            visible: !root.truck.found && root.truck.plate !== ""

            FaText {
                text: qsTr("1. 对照实车，逐字核对号牌。\n2. 请驾驶员出示准运证，看证号和企业。\n3. 仍查不到，向指挥中心核实后再处理。")
                lineHeight: 1.25
                Layout.fillWidth: true
            }
        }
        FaText {
            text: qsTr("%1 张许可").arg(root.truck.permits.count)
            kind: "label"
            color: Theme.textMuted
            visible: root.truck.permits.count > 1
            Layout.topMargin: Theme.spaceS
        }
        Repeater {
            model: root.truck.permits

            PermitSheet {
                id: sheet

                required property int index

                open: sheet.index === root.chosen
                onOpened: root.chosen = sheet.index
                onCompanyAsked: company => root.lookup.choose("company", company)
            }
        }
        CasesCard {
            verdict: root.lookup.verdict
        }
        Repeater {
            model: root.truck.blacklist

            BlacklistNote {
                visible: !active
            }
        }
        FaText {
            text: qsTr("容易看错的号牌，请对照实车")
            kind: "label"
            color: Theme.textMuted
            visible: root.truck.lookAlikes.count > 0
            Layout.topMargin: Theme.spaceS
        }
        Repeater {
            model: root.truck.lookAlikes

            SuggestionRow {
                Layout.fillWidth: true
                onClicked: root.lookup.choose(kind, key)
            }
        }
    }
    Rectangle {
        color: Theme.surface
        implicitHeight: buttons.implicitHeight + 2 * Theme.spaceM
        Layout.fillWidth: true

        Rectangle {
            width: parent.width
            height: Theme.line
            color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
        }
        RowLayout {
            id: buttons

            anchors.fill: parent
            anchors.margins: Theme.spaceM
            anchors.leftMargin: Theme.spaceL
            anchors.rightMargin: Theme.spaceL
            spacing: Theme.spaceM

            FaButton {
                objectName: "lookup.next"
                kind: root.inOrder ? "primary" : "secondary"
                large: true
                text: qsTr("查下一辆")
                iconName: "search"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                onClicked: root.lookup.clear()
            }
            FaButton {
                objectName: "lookup.violation"
                kind: root.inOrder ? "secondary" : "primary"
                large: true
                text: qsTr("记录违规")
                iconName: "camera"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                onClicked: root.lookup.askViolation()
            }
        }
    }
}
