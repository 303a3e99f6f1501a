// The one source of colours, sizes, fonts and durations. Set `name` and `textScale`; everything follows.
pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

QtObject {
    id: theme

    // "day", "sunlight" or "night"; anything else shows day.
    property string name: "day"
    // 1.0 to 2.0, chosen by the person.
    property real textScale: 1.0
    // Off: no movement at all (tests, screenshots, people who prefer it).
    property bool animated: true

    readonly property bool dark: name === "night"
    readonly property bool sunlight: name === "sunlight"

    readonly property FaPalette day: FaPaletteDay {}
    readonly property FaPalette sun: FaPaletteSunlight {}
    readonly property FaPalette night: FaPaletteNight {}
    readonly property FaPalette colors: dark ? night : sunlight ? sun : day

    // Colours by role.
    readonly property color background: colors.background
    readonly property color surface: colors.surface
    readonly property color surfaceRaised: colors.surfaceRaised
    readonly property color surfaceSunken: colors.surfaceSunken
    readonly property color outline: colors.outline
    readonly property color outlineStrong: colors.outlineStrong
    readonly property color text: colors.text
    readonly property color textMuted: colors.textMuted
    readonly property color textDisabled: colors.textDisabled
    readonly property color primary: colors.primary
    readonly property color primaryInk: colors.primaryInk
    readonly property color primaryPressed: colors.primaryPressed
    readonly property color primarySoft: colors.primarySoft
    readonly property color primarySoftInk: colors.primarySoftInk
    readonly property color success: colors.success
    readonly property color successInk: colors.successInk
    readonly property color successSoft: colors.successSoft
    readonly property color successSoftInk: colors.successSoftInk
    readonly property color warning: colors.warning
    readonly property color warningInk: colors.warningInk
    readonly property color warningSoft: colors.warningSoft
    readonly property color warningSoftInk: colors.warningSoftInk
    readonly property color danger: colors.danger
    readonly property color dangerInk: colors.dangerInk
    readonly property color dangerPressed: colors.dangerPressed
    readonly property color dangerSoft: colors.dangerSoft
    readonly property color dangerSoftInk: colors.dangerSoftInk
    readonly property color info: colors.info
    readonly property color infoInk: colors.infoInk
    readonly property color infoSoft: colors.infoSoft
    readonly property color infoSoftInk: colors.infoSoftInk
    readonly property color rail: colors.rail
    readonly property color railInk: colors.railInk
    readonly property color railMuted: colors.railMuted
    readonly property color railSelected: colors.railSelected
    readonly property color railSelectedInk: colors.railSelectedInk
    readonly property color toast: colors.toast
    readonly property color toastInk: colors.toastInk
    readonly property color toastAction: colors.toastAction
    readonly property color focus: colors.focus
    readonly property color scrim: colors.scrim

    // Spacing.
    readonly property int spaceXs: 4
    readonly property int spaceS: 8
    readonly property int spaceM: 12
    readonly property int spaceL: 16
    readonly property int spaceXl: 24
    readonly property int spaceXxl: 32

    // Corners and lines.
    readonly property int radiusS: 8
    readonly property int radiusM: 12
    readonly property int radiusL: 18
    readonly property int line: sunlight ? 2 : 1
    readonly property int lineStrong: sunlight ? 3 : 2

    // Things a gloved finger must hit.
    readonly property int target: 48
    readonly property int targetPrimary: 64
    // Icons grow with the text, but less.
    readonly property real iconScale: 1 + (textScale - 1) * 0.6
    readonly property int iconSize: 24
    readonly property int iconLarge: 32

    // Type, in pixels, already scaled.
    property string fontFamily: Application.font.family
    readonly property int fontDisplay: Math.round(38 * textScale)
    readonly property int fontTitle: Math.round(27 * textScale)
    readonly property int fontHeading: Math.round(21 * textScale)
    readonly property int fontBody: Math.round(18 * textScale)
    readonly property int fontLabel: Math.round(17 * textScale)
    readonly property int fontCaption: Math.round(15 * textScale)
    readonly property int weightNormal: Font.Normal
    readonly property int weightStrong: Font.Medium

    // Movement, in milliseconds.
    readonly property int durationShort: animated ? 90 : 0
    readonly property int durationMedium: animated ? 180 : 0
    readonly property int durationLong: animated ? 320 : 0

    // Layout. Compare with the page's own width: compact below `stacked`, wide from `wide` on.
    readonly property int stacked: 860
    readonly property int wide: 1500
    readonly property int readable: 860
}
