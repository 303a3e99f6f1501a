// One place in the rail.
import QtQuick

QtObject {
    required property string key
    required property string text
    required property string iconName
    property int badge: 0
    property bool alert: false
    property bool shown: true
}
