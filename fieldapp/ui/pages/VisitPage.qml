// A visit to an enterprise or site: filled in from top to bottom, signed, saved; then the party's code.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "capture"
import "visit"

Rectangle {
    id: root

    required property VisitViewModel visit
    required property CameraViewModel camera
    property string signing: ""
    // Whose photos are taken or brought in: a question's number, -1 for the visit as a whole, -2 for none.
    property int shooting: -2
    property int importing: -1
    property bool listing: false

    // To where what is missing is filled in.
    function lead(code: string): void {
        const part = words.part(code);
        const card = part === "items" ? items : part === "party" ? party : part === "checks" ? checks
            : part === "result" ? result : part === "signed" ? signed : null;
        if (card)
            form.contentY = Math.max(0, Math.min(card.mapToItem(form.contentItem, 0, 0).y - Theme.spaceL, form.contentHeight - form.height));
    }

    function bringIn(question: int): void {
        root.importing = question;
        chooser.active = true;
    }

    objectName: "visitPage"
    color: Theme.background
    onVisibleChanged: {
        root.shooting = -2;
        if (root.visible && root.visit.stage === "")
            root.visit.start();
    }
    Component.onCompleted: root.visit.start()

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "visit.header"
            title: qsTr("行政检查")
            subtitle: qsTr("没有网络也能完成，联网后自动上传")

            FaButton {
                objectName: "visit.list"
                kind: "secondary"
                text: qsTr("检查记录")
                iconName: "list"
                onClicked: {
                    root.visit.past.look();
                    root.listing = true;
                }
            }
            FaButton {
                objectName: "visit.credential"
                kind: "secondary"
                text: qsTr("亮证")
                iconName: "permit"
                visible: root.visit.stage === "form"
                onClicked: root.visit.card.show()
            }
        }
        FaBanner {
            objectName: "visit.error"
            radius: 0
            kind: "warning"
            text: root.visit.error
            visible: root.visit.error !== ""
        }
        FaScroll {
            id: form

            padding: Theme.spaceL
            maximumWidth: Theme.readable
            visible: root.visit.stage === "form"
            onVisibleChanged: form.contentY = 0
            Layout.fillWidth: true
            Layout.fillHeight: true

            VisitItems {
                id: items

                visit: root.visit
            }
            VisitParty {
                id: party

                visit: root.visit
            }
            VisitChecks {
                id: checks

                visit: root.visit
                onShootAsked: question => root.shooting = question
                onImportAsked: question => root.bringIn(question)
            }
            VisitResult {
                id: result

                visit: root.visit
            }
            VisitSigned {
                id: signed

                visit: root.visit
                onSignAsked: signer => root.signing = signer
            }
            FaButton {
                objectName: "visit.submit"
                kind: "primary"
                text: qsTr("完成检查并保存笔录")
                iconName: "check"
                busy: root.visit.busy
                enabled: root.visit.pictures.inHand === 0
                Layout.fillWidth: true
                onClicked: root.visit.submit()
            }
            FaButton {
                objectName: "visit.discard"
                kind: "secondary"
                text: qsTr("放弃这次检查")
                iconName: "trash"
                enabled: !root.visit.busy
                Layout.fillWidth: true
                onClicked: discarding.open()
            }
        }
        VisitDone {
            visit: root.visit
            visible: root.visit.stage === "done"
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
    VisitCredential {
        visit: root.visit
    }
    VisitWords {
        id: words
    }
    Connections {
        target: root.visit

        function onFailed(code: string, _text: string): void {
            root.lead(code);
        }
    }
    SignSheet {
        visit: root.visit
        signer: root.signing
        onClosed: root.signing = ""
    }
    FaDialog {
        id: discarding

        objectName: "visit.discarding"
        kind: "danger"
        title: qsTr("放弃这次检查？")
        text: qsTr("已填写的内容、照片和签名会从本机删除，不能恢复。")
        acceptText: qsTr("放弃")
        onAccepted: root.visit.discard()
    }
    Loader {
        anchors.fill: parent
        active: root.listing
        sourceComponent: VisitList {
            past: root.visit.past
            onClosed: root.listing = false
        }
    }
    CameraSheet {
        readonly property PhotoListModel photos: root.visit.pictures.of(root.shooting) as PhotoListModel

        anchors.fill: parent
        camera: root.camera
        name: "visit.camera"
        title: root.shooting >= 0 ? qsTr("检查表第 %1 项").arg(root.shooting + 1) : qsTr("现场照片")
        count: photos.count
        working: root.visit.pictures.inHand > 0
        shown: root.shooting > -2 && root.visit.stage === "form"
        onShutter: root.visit.pictures.shoot(root.shooting)
        onClosed: root.shooting = -2
        onImportAsked: root.bringIn(root.shooting)
    }
    Loader {
        id: chooser

        active: false
        onEnabledChanged: if (!chooser.enabled && chooser.item) (chooser.item as FileDialog).close() // it would block the locked screen
        sourceComponent: FileDialog {
            fileMode: FileDialog.OpenFiles
            title: qsTr("选择照片")
            nameFilters: [qsTr("照片 (*.jpg *.jpeg *.png *.heic *.heif)")]
            onAccepted: {
                root.visit.pictures.importPhotos(selectedFiles, root.importing);
                chooser.active = false;
            }
            onRejected: chooser.active = false
            Component.onCompleted: open()
        }
    }
}
