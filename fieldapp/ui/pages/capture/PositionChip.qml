// Where the tablet knows itself to be: good, poor, old, replayed or nowhere, in colour, icon and word.
import QtQuick
import fieldapp.viewmodels

OverlayChip {
    id: root

    required property CapturePlaceViewModel place

    readonly property string word: root.place.fixQuality === "missing" ? qsTr("无定位")
        : root.place.fixQuality === "stale" ? qsTr("定位已过时")
        : root.place.fixQuality === "poor" ? qsTr("定位精度差")
        : root.place.fixQuality === "fair" ? qsTr("定位一般") : qsTr("定位良好")

    iconName: root.place.fixQuality === "missing" ? "gps-off" : root.place.fixQuality === "stale" ? "clock"
        : root.place.fixQuality === "poor" ? "warning" : "location"
    tone: root.place.fixQuality === "missing" ? "bad"
        : root.place.fixQuality === "good" && root.place.fixSource !== "replay" ? "good" : "warn"
    text: [root.word, root.place.fixAccuracy, root.place.fixSource === "replay" ? qsTr("回放") : ""]
        .filter(part => part !== "").join(" · ")
}
