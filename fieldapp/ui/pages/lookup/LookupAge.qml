// How old the data is, in words.
import fieldapp.ui
import fieldapp.viewmodels

FaAge {
    id: root

    required property DataAgeViewModel age

    objectName: "lookup.age"
    level: root.age.level
    text: root.age.text === "" ? qsTr("数据时间未知")
        : root.age.level === "stale" ? qsTr("数据过旧：%1前").arg(root.age.text) : qsTr("数据：%1前").arg(root.age.text)
}
