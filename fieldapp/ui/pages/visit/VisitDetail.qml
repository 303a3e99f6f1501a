// An earlier visit that is open: its facts, how far it has got, the on-site record, the party's rating.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property VisitsViewModel past
    property bool showBack: false
    readonly property bool open: root.past.selected !== ""
    readonly property string status: root.fact("status")

    // ``turn`` is named so that a visit that changes is read again.
    function fact(name: string): string {
        return root.open && root.past.turn >= 0 ? root.past.fact(name) : "";
    }

    color: Theme.background

    VisitWords {
        id: words
    }
    FaEmpty {
        anchors.fill: parent
        visible: !root.open && root.past.items.count > 0
        iconName: "shield"
        title: qsTr("选一条检查看详情")
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        visible: root.open

        FaPageHeader {
            objectName: "visit.detail.header"
            title: root.fact("party")
            subtitle: root.fact("when")
            showBack: root.showBack
            onBack: root.past.select("")
        }
        FaScroll {
            objectName: "visit.detail"
            of: root.past.selected
            padding: Theme.spaceL
            maximumWidth: Theme.readable
            Layout.fillWidth: true
            Layout.fillHeight: true

            FaBanner {
                objectName: "visit.detail.refused"
                kind: "warning"
                title: qsTr("没有送达")
                text: root.fact("reason")
                visible: text !== "" && root.status !== "sent"
                Layout.fillWidth: true
            }
            FaCard {
                Layout.fillWidth: true

                FaFact {
                    label: qsTr("检查事项")
                    value: root.fact("item")
                }
                FaFact {
                    objectName: "visit.detail.result"
                    label: qsTr("结果")
                    value: words.result(root.fact("result"))
                    strong: true
                }
                FaFact {
                    label: qsTr("不符合")
                    value: qsTr("%1 项").arg(root.fact("failed"))
                    visible: root.fact("failed") !== "" && root.fact("failed") !== "0"
                }
                FaFact {
                    label: qsTr("地址")
                    value: root.fact("address")
                    visible: value !== ""
                }
                FaFact {
                    label: qsTr("检查人")
                    value: root.fact("officers")
                }
            }
            FaCard {
                title: qsTr("现场检查笔录")
                iconName: "draft"
                Layout.fillWidth: true

                FaStatePill {
                    objectName: "visit.detail.status"
                    status: root.status
                    visible: root.status !== ""
                }
                FaFact {
                    label: qsTr("内容指纹")
                    value: root.fact("hash")
                    stackedLayout: true
                }
                FaButton {
                    objectName: "visit.detail.paper"
                    kind: "secondary"
                    text: root.past.hasPaper ? qsTr("打开 PDF") : root.past.paperState === "fetching" ? qsTr("正在取来…") : qsTr("取来并打开 PDF")
                    iconName: root.past.hasPaper ? "eye" : "download"
                    busy: root.past.paperState === "fetching"
                    visible: root.open && root.past.paperState !== "unknown" && root.past.paperState !== ""
                    onClicked: root.past.openPaper()
                }
                FaBanner {
                    objectName: "visit.detail.trouble"
                    kind: "warning"
                    text: root.past.paperTrouble
                    visible: text !== ""
                }
                FaText {
                    objectName: "visit.detail.elsewhere"
                    text: root.past.paperState === "unknown" ? qsTr("笔录 PDF 在填写它的平板和服务器上")
                        : qsTr("笔录 PDF 不在本机，需要时从服务器取来，核对指纹后打开")
                    color: Theme.textMuted
                    visible: root.open && ["unknown", "away", "fetching"].includes(root.past.paperState)
                    Layout.fillWidth: true
                }
            }
            FaCard {
                title: root.past.stars > 0 ? qsTr("对方评价") : qsTr("尚未评价")
                iconName: "comment"
                Layout.fillWidth: true

                FaText {
                    objectName: "visit.detail.stars"
                    text: words.stars(root.past.stars)
                    kind: "heading"
                    visible: root.past.stars > 0
                    Accessible.name: qsTr("%1 星").arg(root.past.stars)
                    Layout.fillWidth: true
                }
                FaText {
                    text: [root.fact("rating_note"), root.fact("rated")].filter(part => part !== "").join(" · ")
                    visible: text !== ""
                    Layout.fillWidth: true
                }
                RatingCode {
                    objectName: "visit.detail.qr"
                    source: root.past.rating
                    visible: root.past.rating !== ""
                }
            }
        }
    }
}
