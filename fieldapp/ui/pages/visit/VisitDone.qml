// The visit is saved: the on-site record, and the code with which the party may rate it.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaScroll {
    id: root

    required property VisitViewModel visit

    padding: Theme.spaceL
    maximumWidth: Theme.readable

    FaBanner {
        objectName: "visit.done"
        kind: "success"
        title: qsTr("检查笔录已保存")
        text: qsTr("联网后自动上传，进度见发件箱")
    }
    FaCard {
        title: qsTr("请对方扫码评价")
        subtitle: qsTr("上传后方可评价，只能评价一次")
        iconName: "comment"
        Layout.fillWidth: true

        RatingCode {
            objectName: "visit.rating.qr"
            source: root.visit.rating
        }
    }
    FaCard {
        title: qsTr("现场检查笔录")
        iconName: "draft"
        Layout.fillWidth: true

        FaFact {
            objectName: "visit.hash"
            label: qsTr("内容指纹")
            value: root.visit.sheetHash
            stackedLayout: true
        }
        FaButton {
            objectName: "visit.paper"
            kind: "secondary"
            text: qsTr("打开 PDF")
            iconName: "eye"
            onClicked: root.visit.openPaper()
        }
        FaBanner {
            objectName: "visit.paper.problem"
            kind: "warning"
            text: root.visit.error
            visible: text !== ""
            Layout.fillWidth: true
        }
    }
    FaButton {
        objectName: "visit.next"
        kind: "primary"
        text: qsTr("下一次检查")
        iconName: "plus"
        Layout.fillWidth: true
        onClicked: {
            root.visit.close();
            root.visit.start();
        }
    }
}
