// The verdict at a glance: colour, shape and word as large as they get, the strongest reason, and what it rests on.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property TruckViewModel truck
    required property VerdictViewModel verdict
    required property ConditionsViewModel conditions
    required property DataAgeViewModel age
    // The plate stands nowhere else in sight.
    property bool withPlate: false

    readonly property string shape: root.verdict.shape
    readonly property bool plain: root.shape === "unknown"
    readonly property color ink: root.plain ? Theme.text : colors.ink

    objectName: "lookup.verdict"
    implicitHeight: column.implicitHeight + 2 * Theme.spaceL
    radius: Theme.radiusL
    color: root.plain ? Theme.surface : colors.fill
    border.width: root.plain || Theme.sunlight ? Theme.lineStrong : 0
    border.color: Theme.sunlight ? Theme.text : Theme.outlineStrong
    visible: root.verdict.answer !== ""
    Layout.fillWidth: true
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.answer(root.verdict.answer)
    Accessible.description: root.verdict.why

    FaTone {
        id: colors

        tone: words.toneOfShape(root.shape)
    }
    LookupWords {
        id: words
    }
    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.spaceL
        spacing: Theme.spaceM

        FaPlateField {
            objectName: "lookup.verdict.plate"
            plate: root.truck.plate
            plateColor: root.truck.plateColor
            plateHeight: Math.round(52 * Math.min(Theme.textScale, 1.5))
            enabled: false
            focusPolicy: Qt.NoFocus
            visible: root.withPlate
            Layout.maximumWidth: root.width - 2 * Theme.spaceL
        }
        RowLayout {
            spacing: Theme.spaceL

            VerdictSign {
                objectName: "lookup.verdict.shape"
                kind: root.shape
                word: words.answer(root.verdict.answer)
                ink: root.plain ? Theme.textMuted : colors.ink
                ground: root.plain ? Theme.surface : colors.fill
            }
            ColumnLayout {
                spacing: Theme.spaceXs
                Layout.fillWidth: true

                FaText {
                    objectName: "lookup.verdict.word"
                    text: words.answer(root.verdict.answer)
                    kind: "display"
                    strong: true
                    color: root.ink
                    Accessible.ignored: true
                    Layout.fillWidth: true
                }
                FaText {
                    objectName: "lookup.verdict.why"
                    text: root.verdict.answer === "allowed" && root.verdict.permitId !== "" ? qsTr("依据许可 %1").arg(root.verdict.permitId) : root.verdict.why
                    color: root.ink
                    visible: text !== ""
                    Accessible.ignored: true
                    Layout.fillWidth: true
                }
            }
        }
        Rectangle {
            color: root.ink
            opacity: 0.35
            implicitHeight: Theme.line
            Layout.fillWidth: true
        }
        Flow {
            spacing: Theme.spaceL
            Layout.fillWidth: true

            VerdictFoot {
                objectName: "lookup.verdict.place"
                ink: root.ink
                iconName: !root.verdict.placed ? "gps-off" : root.conditions.pinned ? "flag" : "location"
                text: !root.verdict.placed ? qsTr("没有定位") : root.conditions.pinned ? qsTr("图上选的位置") : root.conditions.quality === "stale" ? qsTr("此地（定位已旧）")
                    : root.conditions.accuracy === "" ? qsTr("此地（精度不明）") : qsTr("此地 %1").arg(root.conditions.accuracy)
            }
            VerdictFoot {
                objectName: "lookup.verdict.clock"
                ink: root.ink
                iconName: root.verdict.clock === "doubtful" ? "warning" : "clock"
                text: root.verdict.clock === "doubtful" ? qsTr("%1（本机时钟可疑）").arg(root.verdict.moment)
                    : root.verdict.clock === "trusted" ? root.verdict.moment : qsTr("%1（时钟未核对）").arg(root.verdict.moment)
            }
            VerdictFoot {
                objectName: "lookup.verdict.age"
                ink: root.ink
                iconName: root.age.level === "fresh" ? "sync" : "warning"
                text: root.age.text === "" ? qsTr("数据时间未知") : qsTr("数据：%1前").arg(root.age.text)
            }
            VerdictFoot {
                objectName: "lookup.verdict.load"
                ink: root.ink
                iconName: "truck"
                visible: root.conditions.load > 0
                text: qsTr("载重 %1 吨").arg(root.conditions.load)
            }
        }
    }
}
