// What may be sent when: full-size photos, data and battery saver, pause; what is known of connection and battery.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property SendingViewModel sending
    required property LinkViewModel link

    readonly property list<string> wheres: ["any", "unmetered", "wifi"]
    readonly property list<string> savers: ["off", "thumbnails", "records"]
    readonly property list<int> percents: [0, 20, 30, 50]
    readonly property list<int> days: [7, 30, 90, 180]

    signal sendAsked

    title: qsTr("发送")
    subtitle: root.link.anythingPending ? root.link.pendingText : qsTr("没有待发送的内容")
    iconName: "send"
    actions: FaButton {
        objectName: "settings.sendNow"
        kind: "secondary"
        iconName: "send"
        text: qsTr("立即发送")
        enabled: root.link.anythingPending
        onClicked: root.sendAsked()
    }

    FaBanner {
        objectName: "settings.held"
        kind: "info"
        iconName: "clock"
        text: root.sending.heldText
        visible: text !== ""
    }
    FaSwitch {
        objectName: "settings.paused"
        text: qsTr("暂停发送")
        subtitle: qsTr("记录和照片都留在本机，恢复后自动继续")
        checked: root.sending.paused
        Layout.fillWidth: true
        onToggled: root.sending.setPaused(checked)
    }
    FaSegmented {
        objectName: "settings.originals"
        label: qsTr("原图在什么网络下发送")
        labels: [qsTr("任何网络"), qsTr("不计流量"), qsTr("仅 Wi-Fi")]
        currentIndex: root.wheres.indexOf(root.sending.originals)
        Layout.fillWidth: true
        onActivated: index => root.sending.chooseOriginals(root.wheres[index])
    }
    FaSegmented {
        objectName: "settings.dataSaver"
        label: qsTr("省流量：计流量的网络上发什么")
        labels: [qsTr("全部"), qsTr("记录和缩略图"), qsTr("仅记录")]
        currentIndex: root.savers.indexOf(root.sending.dataSaver)
        Layout.fillWidth: true
        onActivated: index => root.sending.chooseDataSaver(root.savers[index])
    }
    FaSegmented {
        objectName: "settings.battery"
        label: qsTr("省电：电量低于多少时照片等待充电")
        labels: [qsTr("不等"), "20%", "30%", "50%"]
        currentIndex: root.percents.indexOf(root.sending.batteryBelow)
        Layout.fillWidth: true
        onActivated: index => root.sending.chooseBattery(root.percents[index])
    }
    FaSegmented {
        objectName: "settings.keepDays"
        label: qsTr("照片送达后在本机保留（天）")
        labels: root.days.map(String)
        currentIndex: root.days.indexOf(root.sending.keepDays)
        Layout.fillWidth: true
        onActivated: index => root.sending.chooseKeepDays(root.days[index])
    }
    FaDivider {
        Layout.fillWidth: true
    }
    FaFact {
        objectName: "settings.network"
        label: qsTr("当前网络")
        value: root.sending.networkText
        tone: root.sending.meteredUnknown ? "warning" : "normal"
    }
    FaFact {
        objectName: "settings.batteryNow"
        label: qsTr("电池")
        value: root.sending.batteryText
    }
    FaFact {
        label: qsTr("上次联系")
        value: root.link.lastContact !== "" ? root.link.lastContact : qsTr("还没有")
    }
}
