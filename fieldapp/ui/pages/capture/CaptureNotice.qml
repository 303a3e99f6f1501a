// What the person should know above all: work that came back, photos found again, what an undo did.
import QtQuick
import fieldapp.ui
import fieldapp.viewmodels

FaBanner {
    id: root

    required property CaptureShelfViewModel shelf

    readonly property string notice: root.shelf.notice

    kind: root.notice === "missing" ? "danger" : root.notice === "recovered" ? "warning" : ["withdrawn", "merged", "moved"].includes(root.notice) ? "info" : "success"
    iconName: root.notice === "recovered" ? "photos" : root.notice === "missing" ? "octagon" : root.notice === "withdrawn" ? "undo" : "draft"
    title: root.notice === "resumed" ? qsTr("继续上次没写完的上报") : root.notice === "recovered" ? qsTr("找回了 %1 张照片").arg(root.shelf.noticeCount)
        : root.notice === "missing" ? qsTr("%1 张照片的文件缺失或损坏").arg(root.shelf.noticeCount)
        : root.notice === "undone" ? qsTr("已撤销，草稿回来了") : root.notice === "withdrawn" ? qsTr("上报已开始发送，已登记撤回")
        : root.notice === "merged" ? qsTr("这份草稿在别处也改过，已合到一起") : root.notice === "moved" ? qsTr("这份上报已在别处提交") : ""
    text: root.notice === "recovered" ? qsTr("上次保存时被中断，照片已放入一份草稿。")
        : root.notice === "missing" ? qsTr("请联系管理员，不要清理本机数据。")
        : root.notice === "withdrawn" ? qsTr("服务器收到后即作废，无需再做什么。")
        : root.notice === "merged" ? qsTr("两边写的都在；同一项写得不同的，两个版本列在下面。")
        : root.notice === "moved" ? qsTr("之后写的内容没有丢，作为对它的补充。") : ""
    actionText: root.notice === "recovered" ? qsTr("查看") : ""
    closable: true
    visible: root.notice !== ""
    onClosed: root.shelf.dismissNotice()
}
