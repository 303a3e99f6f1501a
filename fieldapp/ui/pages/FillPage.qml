// The first fill: how far the city's data has come, and why it is not coming when it is not.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

EntryFrame {
    id: root

    required property SessionViewModel session
    required property LinkViewModel link

    objectName: "fillPage"
    heading: qsTr("正在准备城市数据")
    explanation: qsTr("只在第一次需要。下载完成后，查车、上报和任务在没有网络时也能使用。中断后会从断点继续。")

    FaCard {
        FaProgress {
            objectName: "fill.progress"
            value: root.link.fillValue
            indeterminate: root.link.fillValue <= 0
            text: root.link.fillValue >= 1 ? qsTr("正在整理") : qsTr("许可、企业、工地和网格")
            detail: root.link.fillText
            Layout.fillWidth: true
        }
    }
    FaBanner {
        objectName: "fill.reason"
        kind: "offline"
        title: qsTr("暂时没有进展")
        text: root.link.reason
        visible: root.link.reason !== ""
    }
    RowLayout {
        spacing: Theme.spaceM

        FaIcon {
            name: "user"
            color: Theme.textMuted
        }
        FaText {
            text: root.session.officerName
            color: Theme.textMuted
            Layout.fillWidth: true
        }
        FaButton {
            objectName: "fill.signOut"
            kind: "quiet"
            iconName: "logout"
            text: qsTr("退出登录")
            onClicked: root.session.signOut()
        }
    }
}
