// Photographs and the class picker.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaScroll {
    id: root

    FaCard {
        title: "照片"
        subtitle: "至少一张，最多九张"

        FaPhotoStrip {
            objectName: "strip"
            model: photos
            Layout.fillWidth: true
        }
    }
    FaCard {
        title: "分类"
        subtitle: "事件 › 市容环境 › 渣土车未密闭运输"

        FaCascade {
            objectName: "cascade"
            levels: 3
            firstModel: classes
            secondModel: kinds
            firstCode: "03"
            secondCode: "03-11"
            Layout.fillWidth: true
        }
    }

    ListModel {
        id: photos

        ListElement {
            photoId: "a"
            source: "../../../resources/icons/fieldapp.png"
            status: "sent"
            origin: "captured"
        }
        ListElement {
            photoId: "b"
            source: "../../../resources/icons/fieldapp.png"
            status: "sending"
            origin: "imported"
        }
        ListElement {
            photoId: "c"
            source: ""
            status: "needs_you"
            origin: "captured"
        }
    }
    ListModel {
        id: classes

        ListElement {
            code: "01"
            label: "公用设施"
            note: "部件"
        }
        ListElement {
            code: "02"
            label: "道路交通"
            note: "部件"
        }
        ListElement {
            code: "03"
            label: "市容环境"
            note: "事件"
        }
        ListElement {
            code: "04"
            label: "宣传广告"
            note: "事件"
        }
        ListElement {
            code: "05"
            label: "施工管理"
            note: "事件"
        }
        ListElement {
            code: "06"
            label: "街面秩序"
            note: "事件"
        }
    }
    ListModel {
        id: kinds

        ListElement {
            code: "03-09"
            label: "道路遗撒"
            note: "紧急"
        }
        ListElement {
            code: "03-11"
            label: "渣土车未密闭运输"
            note: ""
        }
        ListElement {
            code: "03-12"
            label: "擅自倾倒建筑垃圾、工程渣土"
            note: "紧急"
        }
    }
}
