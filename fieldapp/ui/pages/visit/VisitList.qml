// Earlier visits, with what became of them; the one that is open at the right.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property VisitsViewModel past

    signal closed

    objectName: "visit.past"
    color: Theme.background

    VisitWords {
        id: words
    }
    MouseArea {
        anchors.fill: parent
    }
    FaSplit {
        id: split

        anchors.fill: parent
        ratio: root.width >= Theme.wide ? 0.4 : 0.46
        showSecond: root.past.selected !== ""
        first: ColumnLayout {
            anchors.fill: parent
            spacing: 0

            FaPageHeader {
                objectName: "visit.past.header"
                title: qsTr("检查记录")
                subtitle: root.past.everybody ? qsTr("本机收到的全部检查，离线可查") : qsTr("本人参加过的检查，离线可查")
                showBack: true
                onBack: root.closed()
            }
            FaSegmented {
                objectName: "visit.past.whose"
                labels: [qsTr("我的"), qsTr("全部")]
                currentIndex: root.past.everybody ? 1 : 0
                Accessible.name: qsTr("显示谁的检查")
                Layout.fillWidth: true
                Layout.margins: Theme.spaceL
                Layout.bottomMargin: 0
                onActivated: index => root.past.showEverybody(index === 1)
            }
            FaSearchField {
                objectName: "visit.past.search"
                placeholder: qsTr("单位名称或检查事项")
                value: root.past.query
                Layout.fillWidth: true
                Layout.margins: Theme.spaceL
                Layout.bottomMargin: 0
                onEdited: text => root.past.search(text)
            }
            ListView {
                id: list

                objectName: "visit.past.list"
                model: root.past.items
                spacing: Theme.spaceS
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                topMargin: Theme.spaceM
                bottomMargin: Theme.spaceL
                reuseItems: true
                Accessible.role: Accessible.List
                Accessible.name: qsTr("检查记录")
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.leftMargin: Theme.spaceL
                onAtYEndChanged: {
                    if (atYEnd)
                        root.past.more();
                }

                Basic.ScrollBar.vertical: FaScrollBar {}

                delegate: FaListRow {
                    required title
                    required status
                    required property string visitId
                    required property string item
                    required property string result
                    required property string when
                    required property int stars

                    objectName: "visit.past." + visitId
                    width: list.width - Theme.spaceL
                    selected: root.past.selected === visitId
                    iconName: "shield"
                    iconTone: words.tone(result)
                    subtitle: item
                    meta: [words.result(result), when, words.stars(stars)].filter(part => part !== "").join("\n")
                    onClicked: root.past.select(visitId)
                }

                FaEmpty {
                    objectName: "visit.past.empty"
                    anchors.fill: parent
                    visible: root.past.loaded && root.past.items.count === 0
                    iconName: root.past.query !== "" ? "search" : "inbox"
                    title: root.past.query !== "" ? qsTr("没有找到") : qsTr("还没有检查记录")
                    text: root.past.query !== "" ? qsTr("换个词，或清空后看全部") : qsTr("完成的检查会留在这里，随时可查")
                }
            }
        }
        second: VisitDetail {
            anchors.fill: parent
            past: root.past
            showBack: split.stacked
        }
    }
}
