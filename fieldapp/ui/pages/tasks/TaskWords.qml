// The words for where a task stands and what is done on it, and the colour and sign that go with them.
import QtQml

QtObject {
    id: root

    function state(state: string): string {
        switch (state) {
        case "reported": return qsTr("待立案");
        case "checking": return qsTr("待核实");
        case "confirmed": return qsTr("已核实");
        case "opened": return qsTr("待派遣");
        case "dispatched": return qsTr("待接单");
        case "accepted": return qsTr("已接单");
        case "arrived": return qsTr("已到场");
        case "handled": return qsTr("已处置");
        case "fed_back": return qsTr("已反馈");
        case "verified": return qsTr("已核查");
        case "closed": return qsTr("已结案");
        case "returned": return qsTr("已退回");
        case "suspended": return qsTr("挂账中");
        case "void": return qsTr("已作废");
        case "withdrawn": return qsTr("已撤回");
        case "reassigned": return qsTr("已改派");
        default: return qsTr("处理中");
        }
    }

    function tone(state: string): string {
        switch (state) {
        case "dispatched": return "primary";
        case "accepted": case "arrived": case "handled": return "info";
        case "fed_back": case "verified": case "closed": return "success";
        case "checking": return "primary";
        case "returned": case "suspended": case "reassigned": return "warning";
        default: return "normal";
        }
    }

    function sign(state: string): string {
        switch (state) {
        case "reported": case "confirmed": case "opened": return "flag";
        case "checking": return "eye";
        case "dispatched": return "inbox";
        case "accepted": return "check";
        case "arrived": return "location";
        case "handled": return "tools";
        case "fed_back": return "send";
        case "verified": return "check-circle";
        case "closed": return "flag-done";
        case "returned": return "undo";
        case "suspended": return "lock";
        case "reassigned": return "users";
        default: return "cross-circle";
        }
    }

    // What is so when the officer has nothing to do on it.
    function rest(state: string, assignee: string): string {
        switch (state) {
        case "fed_back": return qsTr("已反馈，等待现场核查");
        case "verified": return qsTr("核查通过，等待结案");
        case "closed": return qsTr("已结案");
        case "returned": return qsTr("已退回派遣员，等待重新派遣");
        case "suspended": return qsTr("挂账中，时限暂停");
        case "void": return qsTr("案件已作废");
        case "withdrawn": return qsTr("上报人已撤回");
        case "reassigned": return assignee === "" ? qsTr("案件已改派") : qsTr("案件已改派给%1").arg(assignee);
        default: return qsTr("目前没有需要您做的事");
        }
    }

    // That a case is somebody else's now, and since when.
    function given(to: string, at: string): string {
        return at === "" || to === "" ? root.rest("reassigned", to) : qsTr("%1 改派给%2").arg(at).arg(to);
    }

    // What is to be decided of a case that waits for command; the deciding itself is done at central.
    function decide(state: string): string {
        switch (state) {
        case "reported": return qsTr("等待决定：要求核实、立案或作废。请在指挥中心办理");
        case "confirmed": return qsTr("现场已核实。等待决定：立案或作废。请在指挥中心办理");
        case "verified": return qsTr("核查通过。等待结案。请在指挥中心办理");
        case "opened": return qsTr("等待派遣。请在指挥中心办理");
        case "returned": return qsTr("处置人员退回。等待决定：同意、不同意或改派。请在指挥中心办理");
        case "suspended": return qsTr("挂账中，时限暂停。恢复请在指挥中心办理");
        default: return qsTr("等待指挥中心决定");
        }
    }

    function act(kind: string): string {
        switch (kind) {
        case "report": return qsTr("上报");
        case "open": return qsTr("立案");
        case "dispatch": return qsTr("派遣");
        case "accept": return qsTr("接单");
        case "decline": return qsTr("拒单");
        case "arrive": return qsTr("到场");
        case "handle": return qsTr("处置");
        case "feed_back": return qsTr("反馈");
        case "return": return qsTr("回退");
        case "ask_delay": return qsTr("申请延时");
        case "ask_suspend": return qsTr("申请挂账");
        default: return root.otherAct(kind);
        }
    }

    function otherAct(kind: string): string {
        switch (kind) {
        case "redispatch": return qsTr("改派");
        case "ask_check": return qsTr("要求核实");
        case "confirm": return qsTr("核实属实");
        case "deny": return qsTr("核实不属实");
        case "void": return qsTr("作废");
        case "self_handle": return qsTr("自行处理");
        case "verify": return qsTr("核查通过");
        case "reject": return qsTr("核查不通过");
        case "close": return qsTr("结案");
        case "grant_delay": return qsTr("同意延时");
        case "refuse_delay": return qsTr("不同意延时");
        case "refuse_suspend": return qsTr("不同意挂账");
        case "accept_return": return qsTr("同意回退");
        case "refuse_return": return qsTr("不同意回退");
        case "suspend": return qsTr("挂账");
        case "resume": return qsTr("恢复");
        case "supervise": return qsTr("督办");
        case "supplement": return qsTr("补充");
        case "learn": return qsTr("总结");
        case "uphold": return qsTr("认可处置");
        case "set_aside": return qsTr("不予采用");
        case "withdraw": return qsTr("撤回");
        default: return kind;
        }
    }

    function ruling(ruling: string): string {
        switch (ruling) {
        case "waiting": return qsTr("等待指挥席裁定");
        case "upheld": return qsTr("指挥席已认可");
        case "set_aside": return qsTr("指挥席不予采用");
        default: return "";
        }
    }

    function actSign(kind: string): string {
        switch (kind) {
        case "report": return "send";
        case "open": return "flag";
        case "dispatch": return "route";
        case "redispatch": return "users";
        case "accept": return "check";
        case "arrive": return "location";
        case "handle": return "tools";
        case "feed_back": return "comment";
        case "decline": case "return": case "withdraw": return "undo";
        case "supervise": return "eye";
        case "verify": case "confirm": return "check-circle";
        case "close": return "flag-done";
        case "reject": case "deny": case "void": return "cross-circle";
        default: return "clock";
        }
    }

    // What the one large button says.
    function doIt(kind: string): string {
        switch (kind) {
        case "accept": return qsTr("接单", "button");
        case "arrive": return qsTr("我已到场");
        case "handle": return qsTr("记录处置");
        case "feed_back": return qsTr("反馈结果");
        case "confirm": case "verify": return root.ask(kind);
        default: return "";
        }
    }

    // The heading of a form.
    function form(kind: string): string {
        switch (kind) {
        case "handle": return qsTr("记录处置");
        case "feed_back": return qsTr("反馈结果");
        default: return root.ask(kind);
        }
    }

    // What a quiet button says, and the form it opens.
    function ask(kind: string): string {
        switch (kind) {
        case "decline": return qsTr("拒单", "button");
        case "return": return qsTr("回退", "button");
        case "ask_delay": return qsTr("申请延时", "button");
        case "ask_suspend": return qsTr("申请挂账", "button");
        case "supplement": return qsTr("补充", "button");
        case "learn": return qsTr("写总结", "button");
        case "confirm": return qsTr("核实属实", "button");
        case "deny": return qsTr("核实不属实", "button");
        case "verify": return qsTr("核查通过", "button");
        case "reject": return qsTr("核查不通过", "button");
        case "self_handle": return qsTr("自行处理", "button");
        default: return root.act(kind);
        }
    }

    function source(source: string): string {
        switch (source) {
        case "grid_worker": return qsTr("网格员上报");
        case "video": return qsTr("视频发现");
        case "public": return qsTr("群众反映");
        case "ordered": return qsTr("上级交办");
        case "alert": return qsTr("监管告警");
        default: return "";
        }
    }

    function due(level: string, minutes: real): string {
        if (level === "unknown")
            return qsTr("时限未知：缺少日历");
        if (level === "stopped")
            return qsTr("已停表，%1").arg(root.due("", minutes));
        return minutes < 0 ? qsTr("超时 %1").arg(root.span(-minutes)) : qsTr("剩 %1").arg(root.span(minutes));
    }

    function dueTone(level: string): string {
        return level === "red" ? "danger" : level === "yellow" ? "warning" : level === "green" ? "success" : "normal";
    }

    function dueSign(level: string): string {
        return level === "red" ? "octagon" : level === "yellow" || level === "unknown" ? "warning" : level === "stopped" ? "lock" : "clock";
    }

    function span(minutes: real): string {
        const whole = Math.floor(minutes);
        const hours = Math.floor(whole / 60);
        if (hours >= 48)
            return qsTr("%1 天").arg(Math.floor(hours / 24));
        if (hours >= 1)
            return whole % 60 === 0 || hours >= 10 ? qsTr("%1 小时").arg(hours) : qsTr("%1 小时 %2 分").arg(hours).arg(whole % 60);
        return qsTr("%1 分钟").arg(Math.max(1, whole));
    }

    function away(metres: real): string {
        return metres >= 0 && metres < 5 ? qsTr("就在附近") : root.metres(metres);
    }

    function metres(metres: real): string {
        return metres < 0 ? "" : metres < 995 ? qsTr("%1 米").arg(Math.round(metres / 10) * 10)
            : qsTr("%1 公里").arg((metres / 1000).toFixed(metres < 10000 ? 1 : 0));
    }
}
