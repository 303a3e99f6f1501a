// The rail, the banner and the pages of an officer at work.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "patrol"

Item {
    id: root

    required property AppViewModel app

    signal rescueAsked

    readonly property int railWidth: rail.width
    function visit(kind: string, ref: string): void {
        root.app.visit.visitParty(kind, ref);
        root.app.navigate("visit");
    }

    // Room a passing message needs above the pages; it stands where the banner stands, and covers no page.
    property int messageHeight: 0

    FaDialog {
        id: rebuilt

        objectName: "rebuilt"
        title: qsTr("工作数据已重建")
        iconName: "shield"
        text: root.app.rebuilt.text + "\n" + qsTr("请查看草稿和发件箱，并告知管理员。建议现在导出一份救援文件。")
        acceptText: qsTr("知道了")
        rejectText: qsTr("救援导出")
        closePolicy: FaDialog.NoAutoClose
        onAccepted: root.app.rebuilt.understood()
        onRejected: {
            root.app.rebuilt.understood();
            root.rescueAsked();
        }
        Component.onCompleted: visible = root.app.rebuilt.shown
    }
    Connections {
        target: root.app.rebuilt

        function onChanged(): void {
            rebuilt.visible = root.app.rebuilt.shown;
        }
    }
    FaDialog {
        id: agreement

        objectName: "agreement"
        kind: "danger"
        title: qsTr("同意删除？")
        text: root.app.link.reason + "\n" + qsTr("您自己的记录和照片不受影响。不确定时请先问管理员。")
        acceptText: qsTr("同意删除")
        onAccepted: root.app.link.agree()
    }
    ShiftAsker {
        check: root.app.shiftCheck
    }
    RowLayout {
        anchors.fill: parent
        spacing: 0

        FaNavRail {
            id: rail

            objectName: "rail"
            current: root.app.page
            expanded: root.width >= Theme.wide
            Layout.fillHeight: true
            onChosen: key => root.app.navigate(key)

            FaNavItem {
                key: "lookup"
                text: qsTr("查车")
                iconName: "truck"
            }
            FaNavItem {
                key: "capture"
                text: qsTr("上报")
                iconName: "camera"
            }
            FaNavItem {
                key: "tasks"
                text: qsTr("任务")
                iconName: "task"
                badge: root.app.tasks.newCount
            }
            FaNavItem {
                key: "alerts"
                text: qsTr("预警")
                iconName: "bell"
                badge: root.app.alerts.newCount
                alert: true
            }
            FaNavItem {
                key: "map"
                text: qsTr("地图")
                iconName: "map"
            }
            FaNavItem {
                key: "reports"
                text: qsTr("我的上报")
                iconName: "draft"
            }
            FaNavItem {
                key: "messages"
                text: qsTr("消息")
                iconName: "comment"
                badge: root.app.messages.unread
            }
            FaNavItem {
                key: "visit"
                text: qsTr("检查")
                iconName: "shield"
                shown: root.app.visit.offered
            }
            FaNavItem {
                key: "patrol"
                text: qsTr("巡查")
                iconName: "route"
            }
            FaNavItem {
                key: "outbox"
                text: qsTr("发件箱")
                iconName: "outbox"
                badge: root.app.link.needsYou > 0 ? root.app.link.needsYou : root.app.link.pending
                alert: root.app.link.needsYou > 0
            }
            footerItems: FaNavItem {
                key: "settings"
                text: qsTr("设置")
                iconName: "settings"
            }
        }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.fillHeight: true

            FaBanner {
                id: banner

                objectName: "banner"
                radius: 0
                kind: root.app.link.bannerKind
                title: root.app.link.bannerTitle
                text: root.app.link.bannerText
                visible: root.app.link.bannerShown
                Layout.minimumHeight: root.messageHeight
                opacity: root.messageHeight > 0 ? 0 : 1
                actionText: root.app.link.asksToDelete ? qsTr("处理")
                    : root.app.link.status === "paused" ? qsTr("恢复发送") : root.app.page === "outbox" ? "" : qsTr("查看")
                onAction: {
                    if (root.app.link.asksToDelete)
                        agreement.open();
                    else if (root.app.link.status === "paused")
                        root.app.sending.setPaused(false);
                    else
                        root.app.navigate("outbox");
                }
            }
            Item {
                visible: !banner.visible
                implicitHeight: root.messageHeight
            }
            ShortageBanner {
                shortage: root.app.shortage
                Layout.topMargin: banner.visible ? Theme.line : 0
            }
            StackLayout {
                objectName: "pages"
                currentIndex: ["lookup", "capture", "tasks", "alerts", "map", "reports", "messages", "visit", "patrol", "outbox", "settings"].indexOf(root.app.page)
                Layout.fillWidth: true
                Layout.fillHeight: true

                LazyPage {
                    shown: root.app.page === "lookup"

                    LookupPage {
                        lookup: root.app.lookup
                        read: root.app.read
                        camera: root.app.camera
                        visits: root.app.visit.offered
                        onVisitAsked: (kind, ref) => root.visit(kind, ref)
                    }
                }
                LazyPage {
                    shown: root.app.page === "capture"

                    CapturePage {
                        capture: root.app.capture
                        camera: root.app.camera
                    }
                }
                LazyPage {
                    shown: root.app.page === "tasks"

                    TasksPage {
                        tasks: root.app.tasks
                        alerts: root.app.alerts
                        photoDesk: root.app.photoDesk
                        camera: root.app.camera
                        onNavigate: key => root.app.navigate(key)
                        onTalkAsked: caseId => root.app.talk(caseId)
                    }
                }
                LazyPage {
                    shown: root.app.page === "alerts"

                    AlertsPage {
                        alerts: root.app.alerts
                        onTaskAsked: caseId => root.app.openTask(caseId)
                    }
                }
                LazyPage {
                    shown: root.app.page === "map"

                    MapPage {
                        map: root.app.map
                        visits: root.app.visit.offered
                        onVisitAsked: (kind, ref) => root.visit(kind, ref)
                    }
                }
                LazyPage {
                    shown: root.app.page === "reports"

                    ReportsPage {
                        reports: root.app.reports
                        photoDesk: root.app.photoDesk
                        onTalkAsked: caseId => root.app.talk(caseId)
                        onCaseAsked: caseId => root.app.openTask(caseId)
                    }
                }
                LazyPage {
                    shown: root.app.page === "messages"

                    MessagesPage {
                        messages: root.app.messages
                        photoDesk: root.app.photoDesk
                        camera: root.app.camera
                    }
                }
                LazyPage {
                    shown: root.app.page === "visit"

                    VisitPage {
                        visit: root.app.visit
                        camera: root.app.camera
                    }
                }
                LazyPage {
                    shown: root.app.page === "patrol"

                    PatrolPage {
                        patrol: root.app.patrol
                        check: root.app.shiftCheck
                        onMapAsked: root.app.navigate("map")
                    }
                }
                LazyPage {
                    shown: root.app.page === "outbox"

                    OutboxPage {
                        outbox: root.app.outbox
                        link: root.app.link
                        onRescueAsked: root.rescueAsked()
                        onDraftAsked: (draftId, kind) => root.app.openDraft(draftId, kind)
                    }
                }
                LazyPage {
                    shown: root.app.page === "settings"

                    SettingsPage {
                        settings: root.app.settings
                        patrolling: root.app.patrol.state !== "off"
                        session: root.app.session
                        link: root.app.link
                        sending: root.app.sending
                        mapOffer: root.app.map.base.offer
                        onSendAsked: root.app.outbox.sendNow()
                        onRescueAsked: root.rescueAsked()
                    }
                }
            }
        }
    }
    Loader {
        active: root.app.photoDesk.masking
        sourceComponent: MaskSheet {
            photoDesk: root.app.photoDesk
        }
    }
}
