// The first start: whose tablet this is to be. A server address and a one-time code, each refused for its own reason.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "read"

EntryFrame {
    id: root

    required property SessionViewModel session
    required property ReadViewModel read
    required property CameraViewModel camera

    objectName: "enrolPage"
    heading: qsTr("注册本机")
    explanation: qsTr("向管理员索取服务器地址和一次性注册码。注册码会先核对服务器的身份，再发送任何内容。")

    FaBanner {
        objectName: "enrol.error"
        kind: "danger"
        title: root.session.errorCode === "server_identity" ? qsTr("这不是注册码对应的服务器")
            : root.session.errorField === "server" ? qsTr("无法连接服务器")
            : root.session.errorField === "code" ? qsTr("注册码不对") : qsTr("未能注册")
        text: root.session.errorText
        visible: root.session.errorCode !== ""
    }
    FaTextField {
        id: server

        objectName: "enrol.server"
        label: qsTr("服务器地址")
        value: root.session.server
        placeholder: qsTr("如 %1").arg("https://city.example:8443")
        iconName: "server"
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
        error: root.session.errorField === "server" ? qsTr("请核对地址和网络") : ""
        enabled: !root.session.busy
        Layout.fillWidth: true
        onEdited: root.session.clearError()
        onAccepted: code.focusInput()
    }
    FaTextField {
        id: code

        objectName: "enrol.code"
        label: qsTr("注册码")
        value: root.session.code
        placeholder: qsTr("如 %1").arg("ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-23")
        hint: qsTr("26 位字母和数字，空格和短横可以省略")
        iconName: "key"
        inputMethodHints: Qt.ImhPreferUppercase | Qt.ImhNoPredictiveText
        error: root.session.errorField === "code" ? qsTr("请逐组核对") : ""
        enabled: !root.session.busy
        Layout.fillWidth: true
        onEdited: root.session.clearError()
        onAccepted: submit.clicked()
    }
    FaButton {
        id: submit

        objectName: "enrol.submit"
        text: root.session.busy ? qsTr("正在核对服务器") : qsTr("注册")
        kind: "primary"
        busy: root.session.busy
        enabled: server.text.trim() !== "" && code.text.trim() !== ""
        Layout.fillWidth: true
        onClicked: root.session.enrol(server.text, code.text)
    }
    FaButton {
        objectName: "enrol.scan"
        kind: "secondary"
        iconName: "camera"
        text: qsTr("扫描注册二维码")
        enabled: !root.session.busy
        Layout.fillWidth: true
        onClicked: sheet.show("invitation")
    }
    ReaderLoader {
        id: sheet

        read: root.read
        camera: root.camera
    }
    Connections {
        target: root.read

        function onInvitationRead(address: string, code: string): void {
            root.session.fillIn(address, code);
            sheet.shut();
        }
    }
}
