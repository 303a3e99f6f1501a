// The frame around every page before the work begins: who we are at the left, what is asked at the right.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property SettingsViewModel settings
    default property alias content: column.data
    property alias tools: toolRow.data
    property string heading: ""
    property string explanation: ""
    property string place: ""
    property bool dense: false
    // too low for everything one below the other: the heading moves up beside the buttons, and all stands closer
    readonly property bool tight: root.dense && root.height < 740 * Math.min(Theme.textScale, 1.5)
    readonly property bool stacked: root.width < Theme.stacked || root.width < 1000 * Math.min(Theme.textScale, 1.4)

    color: Theme.background

    component Promise: RowLayout {
        id: promise

        required property string icon
        required property string text

        spacing: Theme.spaceM

        FaIcon {
            name: promise.icon
            color: Theme.railInk
        }
        FaText {
            kind: "caption"
            text: promise.text
            color: Theme.railMuted
            Layout.fillWidth: true
        }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        Rectangle {
            color: Theme.rail
            visible: !root.stacked
            Layout.fillHeight: true
            Layout.preferredWidth: Math.round(root.width * 0.36)

            ColumnLayout {
                anchors.fill: parent
                anchors.margins: Theme.spaceXxl + Theme.spaceS
                spacing: Theme.spaceM

                Rectangle {
                    implicitWidth: 88
                    implicitHeight: 88
                    radius: 24
                    color: Theme.railSelected

                    FaIcon {
                        anchors.centerIn: parent
                        name: "location"
                        size: 48
                        color: Theme.railSelectedInk
                    }
                }
                FaText {
                    kind: "display"
                    text: qsTr("城市巡查")
                    color: Theme.railInk
                    Layout.topMargin: Theme.spaceL
                    Layout.fillWidth: true
                }
                FaText {
                    text: root.place !== "" ? root.place : qsTr("查车、上报、处置，没有网络也一样工作")
                    color: Theme.railMuted
                    Layout.fillWidth: true
                }
                Item {
                    Layout.fillHeight: true
                }
                Promise {
                    icon: "shield"
                    text: qsTr("照片原件保存在本机，一字节不改")
                }
                Promise {
                    icon: "offline"
                    text: qsTr("断网照常工作，网络恢复后自动发送")
                }
                Promise {
                    icon: "cloud-check"
                    text: qsTr("收到服务器回执才算送达")
                }
            }
        }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.fillHeight: true

            RowLayout {
                spacing: Theme.spaceS
                Layout.fillWidth: true
                Layout.margins: root.tight ? Theme.spaceS : Theme.spaceM
                Layout.bottomMargin: root.tight ? 0 : Theme.spaceM

                FaText {
                    kind: "title"
                    text: root.tight ? root.heading : ""
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.spaceM
                }
                RowLayout {
                    id: toolRow

                    visible: children.length > 0
                }
                FaButton {
                    objectName: "entry.theme"
                    kind: "quiet"
                    iconName: Theme.dark ? "moon" : Theme.sunlight ? "sun" : "day"
                    text: Theme.dark ? qsTr("夜间") : Theme.sunlight ? qsTr("强光") : qsTr("日间")
                    onClicked: root.settings.nextTheme()
                }
                FaButton {
                    objectName: "entry.language"
                    kind: "quiet"
                    iconName: "language"
                    text: root.settings.language === "zh" ? "English" : "中文"
                    onClicked: root.settings.chooseLanguage(root.settings.language === "zh" ? "en" : "zh")
                }
            }
            FaScroll {
                id: scroll

                maximumWidth: Math.round(520 * Math.min(Theme.textScale, 1.5))
                padding: root.tight ? Theme.spaceS : Theme.spaceL
                Layout.fillWidth: true
                Layout.fillHeight: true

                ColumnLayout {
                    id: column

                    spacing: root.tight ? Theme.spaceS : root.dense ? Theme.spaceM : Theme.spaceL
                    Layout.fillWidth: true
                    Layout.topMargin: Math.max(0, (scroll.height - implicitHeight) / 2 - 2 * Theme.spaceXxl)

                    FaText {
                        kind: "display"
                        text: root.heading
                        visible: text !== "" && !root.tight
                        Layout.fillWidth: true
                    }
                    FaText {
                        text: root.explanation
                        color: Theme.textMuted
                        visible: text !== ""
                        Layout.fillWidth: true
                    }
                }
            }
        }
    }
}
