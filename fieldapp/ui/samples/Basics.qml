// Type, buttons, states, verdict shapes.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaScroll {
    id: root

    GridLayout {
        columns: root.width > 900 * Theme.textScale ? 2 : 1
        columnSpacing: Theme.spaceL
        rowSpacing: Theme.spaceL
        uniformCellWidths: true
        Layout.fillWidth: true

        FaCard {
            title: "文字"
            Layout.fillHeight: true

            FaText {
                text: "粤B·8K215"
                kind: "display"
                Layout.fillWidth: true
            }
            FaText {
                text: "渣土车未密闭运输"
                kind: "title"
                Layout.fillWidth: true
            }
            FaText {
                text: "坂田街道雪岗北路 218 号工地出口"
                kind: "heading"
                Layout.fillWidth: true
            }
            FaText {
                text: "车辆驶出工地时车厢未盖严，沿途撒漏约 30 米，已通知施工单位清理。"
                Layout.fillWidth: true
            }
            FaText {
                text: "核准证号 SZ-2024-018823 · 有效至 2025-06-30"
                kind: "caption"
                color: Theme.textMuted
                Layout.fillWidth: true
            }
        }
        FaCard {
            title: "按钮"
            iconName: "check-circle"
            Layout.fillHeight: true
            actions: FaIconButton {
                objectName: "more"
                iconName: "more"
                text: "更多"
            }

            RowLayout {
                spacing: Theme.spaceM

                FaButton {
                    text: "提交上报"
                    iconName: "send"
                    Layout.fillWidth: true
                }
                FaButton {
                    text: "正在保存"
                    busy: true
                    Layout.fillWidth: true
                }
            }
            RowLayout {
                spacing: Theme.spaceM

                FaButton {
                    kind: "secondary"
                    text: "存为草稿"
                    iconName: "draft"
                    Layout.fillWidth: true
                }
                FaButton {
                    kind: "quiet"
                    text: "取消"
                    Layout.fillWidth: true
                }
                FaButton {
                    kind: "secondary"
                    text: "不可用"
                    enabled: false
                    Layout.fillWidth: true
                }
            }
            RowLayout {
                spacing: Theme.spaceM

                FaButton {
                    kind: "danger"
                    text: "作废"
                    iconName: "trash"
                    large: false
                }
                FaIconButton {
                    iconName: "camera"
                    text: "拍照"
                    kind: "primary"
                }
                FaIconButton {
                    iconName: "filter"
                    text: "筛选"
                    kind: "secondary"
                    badge: 2
                }
                FaIconButton {
                    iconName: "layers"
                    text: "图层"
                    checkable: true
                    checked: true
                }
                FaIconButton {
                    iconName: "flash"
                    text: "闪光灯"
                    kind: "overlay"
                }
            }
        }
        FaCard {
            title: "判定"
            Layout.fillHeight: true

            FaShape {
                kind: "ok"
                title: "可以通行"
                text: "许可有效，时段和路线相符"
            }
            FaShape {
                kind: "warning"
                title: "不在时段内"
                text: "允许 07:00–09:00、19:00–22:00"
            }
            FaShape {
                kind: "danger"
                title: "没有准运证"
                text: "黑名单：偷倒，至 2025-12-31"
            }
            FaShape {
                kind: "unknown"
                title: "无法判断"
                text: "数据已超过 48 小时"
            }
        }
        FaCard {
            title: "状态"
            Layout.fillHeight: true

            Flow {
                spacing: Theme.spaceS
                Layout.fillWidth: true

                Repeater {
                    model: ["draft", "waiting", "sending", "sent", "needs_you"]

                    FaStatePill {
                        required property string modelData

                        status: modelData
                    }
                }
                Repeater {
                    model: ["draft", "waiting", "sending", "sent", "needs_you"]

                    FaStatePill {
                        required property string modelData

                        status: modelData
                        compact: true
                    }
                }
            }
            Flow {
                spacing: Theme.spaceS
                Layout.fillWidth: true

                FaAge {
                    text: "数据 12 分钟前"
                }
                FaAge {
                    text: "数据 9 小时前"
                    level: "aging"
                }
                FaAge {
                    text: "数据已过期：3 天前"
                    level: "stale"
                }
            }
            FaProgress {
                text: "首次下载资料"
                detail: "68,400 / 100,000"
                value: 0.684
                Layout.fillWidth: true
            }
            FaProgress {
                text: "正在上传照片"
                detail: "2 / 7 张"
                indeterminate: true
                Layout.fillWidth: true
            }
            FaDivider {}
            GridLayout {
                columns: 10
                columnSpacing: Theme.spaceM
                rowSpacing: Theme.spaceS

                Repeater {
                    model: ["camera", "photo", "map", "location", "truck", "search", "task", "sync", "offline", "cloud", "user", "lock", "settings", "building", "inbox", "outbox", "language", "sun", "moon", "flag"]

                    FaIcon {
                        required property string modelData

                        name: modelData
                        size: 28
                    }
                }
            }
        }
    }
}
