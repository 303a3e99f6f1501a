// What the window looks and sounds like: language, theme, size of text, sounds.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property SettingsViewModel settings
    readonly property list<real> scales: [1, 1.25, 1.5, 2]

    title: qsTr("显示")
    iconName: "sun"

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
        labels: ["100%", "125%", "150%", "200%"]
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
