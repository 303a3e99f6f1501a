// My reports: search at the top, the list at the left, what became of the one that is open at the right.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels
import "reports"

Rectangle {
    id: root

    required property MyReportsViewModel reports
    property PhotoDeskViewModel photoDesk: null

    signal talkAsked(string caseId)
    signal caseAsked(string caseId)

    objectName: "reportsPage"
    color: Theme.background

    FaSplit {
        id: split

        anchors.fill: parent
        ratio: root.width >= Theme.wide ? 0.4 : 0.46
        showSecond: root.reports.selected !== ""
        first: ColumnLayout {
            anchors.fill: parent
            spacing: 0

            FaPageHeader {
                title: qsTr("我的上报")
                subtitle: qsTr("本人上报过的全部问题和进展，离线可查")
            }
            FaSearchField {
                objectName: "reports.search"
                placeholder: qsTr("说明、地点、车牌、类别或编号")
                value: root.reports.query
                Layout.fillWidth: true
                Layout.margins: Theme.spaceL
                Layout.bottomMargin: 0
                onEdited: text => root.reports.search(text)
            }
            ListView {
                id: list

                objectName: "reports.list"
                model: root.reports.items
                spacing: Theme.spaceS
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                topMargin: Theme.spaceM
                bottomMargin: Theme.spaceL
                reuseItems: true
                Accessible.role: Accessible.List
                Accessible.name: qsTr("我的上报")
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.leftMargin: Theme.spaceL
                onAtYEndChanged: {
                    if (atYEnd && root.reports.hasMore)
                        root.reports.more();
                }

                Basic.ScrollBar.vertical: FaScrollBar {}

                delegate: ReportRow {
                    width: list.width - Theme.spaceL
                    selected: root.reports.selected === caseId
                    onClicked: root.reports.select(caseId)
                }

                FaEmpty {
                    objectName: "reports.empty"
                    anchors.fill: parent
                    visible: root.reports.loaded && root.reports.items.count === 0
                    iconName: root.reports.query !== "" ? "search" : "inbox"
                    title: root.reports.query !== "" ? qsTr("没有找到") : qsTr("还没有上报过")
                    text: root.reports.query !== "" ? qsTr("换个词，或清空后看全部") : qsTr("上报的问题会留在这里，随时可查进展")
                }
            }
        }
        second: ReportDetail {
            anchors.fill: parent
            reports: root.reports
            photoDesk: root.photoDesk
            showBack: split.stacked
            onTalkAsked: root.talkAsked(root.reports.selected)
            onCaseAsked: root.caseAsked(root.reports.selected)
        }
    }
}
