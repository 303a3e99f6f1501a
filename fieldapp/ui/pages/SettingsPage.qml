// What can be chosen on this tablet, and what is to be known about it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property SettingsViewModel settings
    required property SessionViewModel session
    required property LinkViewModel link
    readonly property bool narrow: root.width < 980 * Math.min(Theme.textScale, 1.6)
    readonly property list<int> idleChoices: [1, 2, 5, 10, 15]
    readonly property list<real> scales: [1, 1.25, 1.5, 2]

    objectName: "settingsPage"
    onVisibleChanged: {
        if (root.visible)
            root.settings.refresh();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "settings.header"
            title: qsTr("设置")
            subtitle: root.settings.city

            FaButton {
                objectName: "settings.lock"
                kind: "secondary"
                iconName: "lock"
                text: qsTr("锁定屏幕")
                onClicked: root.session.lock()
            }
            FaButton {
                objectName: "settings.signOut"
                kind: "secondary"
                iconName: "logout"
                text: qsTr("退出登录")
                onClicked: leave.open()
            }
        }
        FaScroll {
            Layout.fillWidth: true
            Layout.fillHeight: true

            GridLayout {
                columns: root.narrow ? 1 : 2
                columnSpacing: Theme.spaceL
                rowSpacing: Theme.spaceL
                uniformCellWidths: true
                Layout.fillWidth: true

                FaCard {
                    title: qsTr("显示")
                    iconName: "sun"
                    Layout.alignment: Qt.AlignTop

                    FaSegmented {
                        objectName: "settings.language"
                        label: qsTr("语言")
                        labels: ["中文", "English"]
                        currentIndex: root.settings.language === "en" ? 1 : 0
                        Layout.fillWidth: true
                        onActivated: index => root.settings.chooseLanguage(index === 1 ? "en" : "zh")
                    }
                    FaSegmented {
                        objectName: "settings.theme"
                        label: qsTr("外观")
                        labels: [qsTr("日间"), qsTr("强光"), qsTr("夜间")]
                        icons: ["day", "sun", "moon"]
                        currentIndex: root.settings.theme === "night" ? 2 : root.settings.theme === "sunlight" ? 1 : 0
                        Layout.fillWidth: true
                        onActivated: index => root.settings.chooseTheme(["day", "sunlight", "night"][index])
                    }
                    FaSegmented {
                        objectName: "settings.textScale"
                        label: qsTr("文字大小")
                        labels: ["100 %", "125 %", "150 %", "200 %"]
                        currentIndex: root.scales.indexOf(root.settings.textScale)
                        Layout.fillWidth: true
                        onActivated: index => root.settings.chooseTextScale(root.scales[index])
                    }
                    FaSwitch {
                        objectName: "settings.sounds"
                        text: qsTr("提示音")
                        subtitle: qsTr("保存成功和失败发出不同的声音")
                        checked: root.settings.sounds
                        Layout.fillWidth: true
                        onToggled: root.settings.chooseSounds(checked)
                    }
                }
                FaCard {
                    title: qsTr("安全与定位")
                    iconName: "shield"
                    Layout.alignment: Qt.AlignTop

                    FaSegmented {
                        objectName: "settings.idle"
                        label: qsTr("无操作多久后锁屏（分钟）")
                        labels: ["1", "2", "5", "10", "15"]
                        currentIndex: root.idleChoices.indexOf(root.settings.idleMinutes)
                        Layout.fillWidth: true
                        onActivated: index => root.settings.chooseIdle(root.idleChoices[index])
                    }
                    FaSegmented {
                        id: source

                        readonly property list<string> kinds: ["", "gpsd", "other"]
                        property int chosen: root.settings.positionSource === "" ? 0
                            : root.settings.positionSource === "gpsd" ? 1 : 2

                        objectName: "settings.source"
                        label: qsTr("定位来源")
                        labels: [qsTr("本机"), "gpsd", qsTr("外接")]
                        currentIndex: chosen
                        Layout.fillWidth: true
                        onActivated: index => {
                            source.chosen = index;
                            if (index < 2)
                                root.settings.choosePositionSource(source.kinds[index]);
                        }
                    }
                    FaText {
                        objectName: "settings.positionProblem"
                        kind: "caption"
                        text: root.settings.positionProblem
                        color: Theme.textMuted
                        visible: text !== "" && source.chosen !== 2
                        Layout.fillWidth: true
                    }
                    FaTextField {
                        id: address

                        objectName: "settings.sourceAddress"
                        label: qsTr("接收机地址或记录文件")
                        value: root.settings.positionSource
                        placeholder: "tcp://192.168.1.5:10110"
                        hint: qsTr("NMEA：tcp://主机:端口，或文件路径（回放，会注明）")
                        inputMethodHints: Qt.ImhUrlCharactersOnly
                        error: root.settings.positionSource !== "" ? root.settings.positionProblem : ""
                        visible: source.chosen === 2
                        Layout.fillWidth: true
                        onAccepted: root.settings.choosePositionSource(address.text)
                    }
                    FaButton {
                        objectName: "settings.sourceApply"
                        kind: "secondary"
                        text: qsTr("使用此来源")
                        visible: source.chosen === 2
                        enabled: address.text.trim() !== "" && address.text.trim() !== root.settings.positionSource
                        onClicked: root.settings.choosePositionSource(address.text)
                    }
                }
                FaCard {
                    title: qsTr("城市数据")
                    iconName: "storage"
                    Layout.alignment: Qt.AlignTop

                    FaFact {
                        objectName: "settings.dataAge"
                        label: qsTr("数据时间")
                        value: root.settings.dataAge === "" ? qsTr("未知") : qsTr("%1前").arg(root.settings.dataAge)
                        tone: root.settings.dataLevel === "stale" ? "danger" : root.settings.dataLevel === "aging" ? "warning" : "normal"
                    }
                    FaFact {
                        objectName: "settings.counts"
                        label: qsTr("数量")
                        value: root.settings.countsText
                    }
                    FaFact {
                        label: qsTr("服务器")
                        value: root.settings.server
                    }
                    FaFact {
                        label: qsTr("上次联系")
                        value: root.link.lastContact
                    }
                    FaFact {
                        objectName: "settings.room"
                        label: qsTr("存储空间")
                        value: root.settings.roomText
                    }
                }
                FaCard {
                    title: qsTr("关于")
                    iconName: "info"
                    Layout.alignment: Qt.AlignTop

                    FaFact {
                        label: qsTr("人员")
                        value: root.session.officerName + " " + root.session.officerId
                    }
                    FaFact {
                        label: qsTr("本机编号")
                        value: root.settings.device
                    }
                    FaFact {
                        objectName: "settings.version"
                        label: qsTr("版本")
                        value: root.settings.version
                    }
                    FaButton {
                        objectName: "settings.licences"
                        kind: "secondary"
                        text: qsTr("开源许可")
                        onClicked: {
                            root.settings.readLicences();
                            licences.open();
                        }
                    }
                }
            }
        }
    }

    FaDialog {
        id: leave

        objectName: "settings.leave"
        title: qsTr("退出登录？")
        text: root.link.anythingPending
            ? qsTr("还有 %1。内容会保留在本机，并继续自动发送。").arg(root.link.pendingText)
            : qsTr("没有待发送的内容。草稿会保留在本机。")
        iconName: "logout"
        acceptText: qsTr("退出登录")
        onAccepted: root.session.signOut()
    }
    FaDialog {
        id: licences

        objectName: "settings.licencesDialog"
        title: qsTr("开源许可")
        text: root.settings.licences
        acceptText: qsTr("关闭")
        rejectText: ""
    }
}
