// Rows, facts, two panes.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaSplit {
    first: FaScroll {
        anchors.fill: parent
        padding: Theme.spaceL
        spacing: Theme.spaceS

        FaListRow {
            title: "渣土车未密闭运输"
            subtitle: "雪岗北路 218 号 · 320 米"
            meta: "剩 1 小时 20 分"
            iconName: "truck"
            iconTone: "warning"
            selected: true
            chevron: true
            Layout.fillWidth: true
        }
        FaListRow {
            title: "工地出口未冲洗车辆"
            subtitle: "坂田地铁站 C 口工地"
            meta: "明天 18:00 前"
            iconName: "site"
            chevron: true
            Layout.fillWidth: true
        }
        FaListRow {
            title: "井盖破损，边缘翘起"
            subtitle: "五和大道与布龙路路口东北角人行道"
            status: "needs_you"
            meta: "3 小时前"
            iconName: "flag"
            iconTone: "danger"
            Layout.fillWidth: true
        }
        FaListRow {
            title: "上报 R-0192"
            subtitle: "3 张照片，5.6 MB"
            status: "sending"
            iconName: "outbox"
            iconTone: "normal"
            Layout.fillWidth: true
        }
        FaListRow {
            title: "上报 R-0191"
            subtitle: "1 张照片，2.1 MB"
            status: "sent"
            meta: "10:42"
            iconName: "outbox"
            iconTone: "normal"
            Layout.fillWidth: true
        }
        FaListRow {
            title: "上报 R-0190"
            status: "waiting"
            iconName: "outbox"
            iconTone: "normal"
            Layout.fillWidth: true
        }
    }
    second: FaScroll {
        anchors.fill: parent

        FaCard {
            title: "核准证 SZ-2024-018823"
            subtitle: "深圳市城市管理和综合执法局"
            iconName: "permit"

            FaFact {
                label: "企业"
                value: "深圳市宏达土石方工程有限公司"
                strong: true
            }
            FaDivider {}
            FaFact {
                label: "统一社会信用代码"
                value: "91350100M000100Y43"
            }
            FaDivider {}
            FaFact {
                label: "工地"
                value: "坂田北综合体 03-02 地块"
            }
            FaDivider {}
            FaFact {
                label: "有效期"
                value: "2024-07-01 至 2025-06-30"
                tone: "success"
                iconName: "calendar"
            }
            FaDivider {}
            FaFact {
                label: "时段"
                value: "07:00–09:00、19:00–22:00"
            }
        }
        FaCard {
            tone: "danger"
            title: "黑名单"
            subtitle: "偷倒渣土，禁止入场至 2025-12-31"
            iconName: "blacklist"
        }
        RowLayout {
            spacing: Theme.spaceM

            FaButton {
                kind: "secondary"
                large: true
                text: "退回"
                Layout.fillWidth: true
            }
            FaButton {
                text: "接受任务"
                iconName: "check"
                Layout.fillWidth: true
            }
        }
    }
}
