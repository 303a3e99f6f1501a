// The colour roles of one theme. X is a fill or a text colour on the page, XInk is text on X,
// XSoft is a calm container and XSoftInk is text on it.
import QtQuick

QtObject {
    required property color background
    required property color surface
    required property color surfaceRaised
    required property color surfaceSunken
    required property color outline
    required property color outlineStrong
    required property color text
    required property color textMuted
    required property color textDisabled
    required property color primary
    required property color primaryInk
    required property color primaryPressed
    required property color primarySoft
    required property color primarySoftInk
    required property color success
    required property color successInk
    required property color successSoft
    required property color successSoftInk
    required property color warning
    required property color warningInk
    required property color warningSoft
    required property color warningSoftInk
    required property color danger
    required property color dangerInk
    required property color dangerPressed
    required property color dangerSoft
    required property color dangerSoftInk
    required property color info
    required property color infoInk
    required property color infoSoft
    required property color infoSoftInk
    required property color rail
    required property color railInk
    required property color railMuted
    required property color railSelected
    required property color railSelectedInk
    required property color toast
    required property color toastInk
    required property color toastAction
    required property color focus
    required property color scrim
}
