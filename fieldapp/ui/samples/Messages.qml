// What the app says to the person.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaScroll {
    id: root

    spacing: Theme.spaceM

    FaBanner {
        objectName: "offline"
        kind: "offline"
        title: "离线：3 份上报、7 张照片（14.2 MB）待发送"
        text: "最早一份已等待 1 小时 20 分。联网后自动发送，不用等在这里。"
        actionText: "查看发件箱"
    }
    FaBanner {
        kind: "danger"
        title: "存储空间不足，只剩 120 MB"
        text: "已保存的内容不受影响。请先发送或导出照片。"
        actionText: "处理"
        closable: true
    }
    FaBanner {
        kind: "success"
        text: "已连接，全部送达"
        closable: true
    }
    FaBanner {
        kind: "info"
        text: "位置来自 12 分钟前的定位，已标为旧位置"
    }
    RowLayout {
        spacing: Theme.spaceL

        FaCard {
            Layout.fillHeight: true

            FaEmpty {
                objectName: "empty"
                iconName: "task"
                title: "没有待办任务"
                text: "新任务派来时会响一声，并出现在这里。"
                actionText: "刷新"
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
        }
        FaCard {
            Layout.fillHeight: true

            FaEmpty {
                iconName: "gps-off"
                tone: "warning"
                title: "没有定位"
                text: "照片照样能保存。到开阔处再试，或在地图上标出位置。"
                actionText: "在地图上标"
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
        }
    }
}
