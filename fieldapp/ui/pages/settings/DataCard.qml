// What the tablet holds of the city, how old it is, and what room there is left.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property SettingsViewModel settings

    title: qsTr("城市数据")
    iconName: "storage"

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
        objectName: "settings.room"
        label: qsTr("存储空间")
        value: root.settings.roomText
    }
    FaFact {
        objectName: "settings.fetched"
        label: qsTr("他人的照片")
        value: root.settings.fetchedText
        visible: value !== ""

        FaButton {
            objectName: "settings.fetched.forget"
            kind: "secondary"
            iconName: "trash"
            text: qsTr("清空")
            onClicked: root.settings.forgetFetched()
        }
    }
}
