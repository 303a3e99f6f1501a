// The base map that the city's server offers: fetch it, see how far it is, or why it waits.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property MapOfferViewModel offer
    property string place: "map.offer"

    objectName: root.place
    spacing: Theme.spaceM
    visible: root.offer.shown

    FaTitles {
        title: root.offer.wanted ? qsTr("正在取得城市底图") : root.offer.state === "none" ? qsTr("城市底图") : qsTr("有城市底图可以下载")
        subtitle: root.offer.fact
        Layout.fillWidth: true
    }
    FaProgress {
        objectName: root.place + ".progress"
        value: root.offer.value
        text: root.offer.state === "fetching" ? qsTr("正在下载") : qsTr("等待下载")
        detail: root.offer.progress
        visible: root.offer.wanted
        Layout.fillWidth: true
    }
    FaBanner {
        objectName: root.place + ".reason"
        kind: root.offer.wanted ? "info" : "warning"
        text: root.offer.reason
        visible: text !== ""
        Layout.fillWidth: true
    }
    FaButton {
        objectName: root.place + ".fetch"
        large: true
        iconName: "download"
        text: root.offer.failed ? qsTr("重新下载底图") : qsTr("下载底图（%1）").arg(root.offer.size)
        visible: !root.offer.wanted && root.offer.state !== "none"
        Layout.fillWidth: true
        onClicked: root.offer.fetch()
    }
    FaText {
        kind: "caption"
        color: Theme.textMuted
        text: qsTr("只用不计流量的网络；上报和照片先发。")
        visible: !root.offer.wanted && root.offer.state !== "none"
        Layout.fillWidth: true
    }
    FaButton {
        objectName: root.place + ".anyway"
        kind: "secondary"
        iconName: "download"
        text: qsTr("用流量下载（%1）").arg(root.offer.size)
        visible: root.offer.costly
        Layout.fillWidth: true
        onClicked: root.offer.fetchAnyway()
    }
    FaButton {
        objectName: root.place + ".giveUp"
        kind: "secondary"
        iconName: "cross"
        text: qsTr("不下载了")
        visible: root.offer.wanted
        Layout.fillWidth: true
        onClicked: root.offer.giveUp()
    }
}
