// Who is signed in on which tablet, and what this program is.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property SettingsViewModel settings
    required property SessionViewModel session

    signal licencesAsked

    title: qsTr("关于")
    iconName: "info"

    FaFact {
        label: qsTr("人员")
        value: root.session.officerName + " " + root.session.officerId
    }
    FaFact {
        label: qsTr("本机编号")
        value: root.settings.device
    }
    FaFact {
        objectName: "settings.version"
        label: qsTr("版本")
        value: root.settings.version
    }
    FaButton {
        objectName: "settings.licences"
        kind: "secondary"
        text: qsTr("开源许可")
        onClicked: root.licencesAsked()
    }
}
