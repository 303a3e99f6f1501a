// Everything one types into or switches.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaScroll {
    id: root

    GridLayout {
        columns: root.width > 900 * Theme.textScale ? 2 : 1
        columnSpacing: Theme.spaceL
        uniformCellWidths: true
        Layout.fillWidth: true

        FaCard {
            title: "文本"
            Layout.alignment: Qt.AlignTop

            FaTextField {
                objectName: "server"
                label: "服务器地址"
                text: "https://central.example.cn:8443"
                hint: "由本市信息中心提供"
                mandatory: true
                Layout.fillWidth: true
            }
            FaTextField {
                objectName: "code"
                label: "一次性登记码"
                text: "7KQM-2P"
                error: "登记码不完整：应为 16 位"
                Layout.fillWidth: true
            }
            FaSearchField {
                objectName: "search"
                placeholder: "车牌、企业名称或信用代码"
                Layout.fillWidth: true
            }
            FaTextField {
                label: "设备编号"
                text: "TAB-0217"
                readOnly: true
                Layout.fillWidth: true
            }
            FaTextArea {
                objectName: "note"
                label: "情况说明"
                text: "车厢未盖严，沿途撒漏约 30 米。"
                countLimit: 500
                lines: 3
                phrases: ["车厢未密闭", "沿途撒漏", "未冲洗上路"]
                Layout.fillWidth: true
            }
        }
        FaCard {
            title: "选择"
            Layout.alignment: Qt.AlignTop

            FaSegmented {
                objectName: "theme"
                label: "显示主题"
                labels: ["日间", "强光", "夜间"]
                icons: ["day", "sun", "moon"]
                currentIndex: Theme.sunlight ? 1 : Theme.dark ? 2 : 0
                Layout.fillWidth: true
                onActivated: index => Theme.name = ["day", "sunlight", "night"][index]
            }
            FaSegmented {
                objectName: "language"
                label: "语言"
                labels: ["中文", "English"]
                Layout.fillWidth: true
            }
            FaSwitch {
                objectName: "sound"
                text: "保存提示音"
                subtitle: "成功与失败用不同的声音"
                checked: true
                Layout.fillWidth: true
            }
            FaDivider {}
            FaSwitch {
                text: "振动"
                Layout.fillWidth: true
            }
            FaDivider {}
            FaSwitch {
                text: "仅用 Wi-Fi 上传原图"
                subtitle: "由管理员统一设置"
                checked: true
                enabled: false
                Layout.fillWidth: true
            }
            FaDivider {}
            FaCheckRow {
                text: "已出示执法证件"
                subtitle: "两名执法人员在场"
                checked: true
                Layout.fillWidth: true
            }
            FaCheckRow {
                text: "当事人拒绝签字"
                Layout.fillWidth: true
            }
            Flow {
                spacing: Theme.spaceS
                Layout.fillWidth: true

                FaChip {
                    text: "待处理"
                    checkable: true
                    checked: true
                }
                FaChip {
                    text: "我的网格"
                    checkable: true
                }
                FaChip {
                    text: "附近 500 米"
                    iconName: "location"
                }
                FaChip {
                    objectName: "chip"
                    text: "渣土车"
                    removable: true
                }
            }
        }
    }
}
