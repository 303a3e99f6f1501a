// Fields with two versions, side by side: one tap takes the other, which can be taken back the same way.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property TwoVersionsViewModel versions
    property string noteName: words.field("note")

    readonly property bool narrow: root.width < 480 * Theme.textScale

    objectName: "versions"
    visible: root.versions.items.count > 0 || root.versions.away > 0
    title: root.versions.items.count > 0 ? qsTr("有两个版本") : ""
    subtitle: root.versions.items.count > 0 ? qsTr("提交的是“现在的”；另一个只留在本机，不会发送。") : ""
    iconName: root.versions.items.count > 0 ? "layers" : ""

    VersionWords {
        id: words
    }
    Repeater {
        model: root.versions.items

        ColumnLayout {
            id: one

            required property int index
            required property string key
            required property string field
            required property string standing
            required property string other
            required property string age
            required property string by

            spacing: Theme.spaceS
            Layout.fillWidth: true

            FaDivider {
                visible: one.index > 0
                Layout.fillWidth: true
            }
            FaText {
                objectName: "versions.field." + one.index
                text: one.field === "note" ? root.noteName : words.field(one.field)
                kind: "label"
                strong: true
                Layout.fillWidth: true
            }
            GridLayout {
                columns: root.narrow ? 1 : 2
                columnSpacing: Theme.spaceS
                rowSpacing: Theme.spaceS
                Layout.fillWidth: true

                VersionBox {
                    objectName: "versions.standing." + one.index
                    title: qsTr("现在的")
                    text: words.shown(one.field, one.standing)
                    standing: true
                }
                VersionBox {
                    objectName: "versions.other." + one.index
                    title: qsTr("另一个")
                    text: words.shown(one.field, one.other)
                    source: qsTr("%1 · %2前").arg(words.writtenBy(one.by)).arg(one.age)
                }
            }
            Flow {
                spacing: Theme.spaceM
                Layout.fillWidth: true

                FaButton {
                    objectName: "versions.take." + one.index
                    text: qsTr("换成另一个")
                    iconName: "undo"
                    kind: "secondary"
                    Accessible.description: qsTr("%1换成：%2").arg(words.field(one.field)).arg(words.shown(one.field, one.other))
                    onClicked: root.versions.take(one.key)
                }
                FaButton {
                    objectName: "versions.away." + one.index
                    text: qsTr("不用了，收起")
                    kind: "quiet"
                    Accessible.description: words.field(one.field)
                    onClicked: root.versions.layAway(one.key)
                }
            }
        }
    }
    FaButton {
        objectName: "versions.again"
        text: qsTr("看收起的另一版本（%1）").arg(root.versions.away)
        iconName: "layers"
        kind: "quiet"
        visible: root.versions.away > 0
        onClicked: root.versions.showAgain()
    }
}
