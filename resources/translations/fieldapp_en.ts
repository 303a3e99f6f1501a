<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AboutCard</name>
    <message>
        <source>人员</source>
        <translation>Officer</translation>
    </message>
    <message>
        <source>关于</source>
        <translation>About</translation>
    </message>
    <message>
        <source>开源许可</source>
        <translation>Open-source licences</translation>
    </message>
    <message>
        <source>本机编号</source>
        <translation>Device number</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
</context>
<context>
    <name>ActCamera</name>
    <message>
        <source>处置前</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>处置后</source>
        <translation>After</translation>
    </message>
    <message>
        <source>现场照片</source>
        <translation>Photos on site</translation>
    </message>
</context>
<context>
    <name>ActForm</name>
    <message>
        <source>仍可提交，记录将不含位置</source>
        <translation>You can still submit; the record will hold no position</translation>
    </message>
    <message>
        <source>内容自动保存在本机</source>
        <translation>Kept on this tablet by itself</translation>
    </message>
    <message>
        <source>前后对比</source>
        <translation>Compare before and after</translation>
    </message>
    <message>
        <source>处置前</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>处置前后各拍一张，便于核查</source>
        <translation>One photo before and one after help the check</translation>
    </message>
    <message>
        <source>处置后</source>
        <translation>After</translation>
    </message>
    <message>
        <source>核查须到现场；仍可提交，所在位置会写入记录</source>
        <translation>A check is made on site. You can still submit; where you are is kept in the record</translation>
    </message>
    <message>
        <source>正在保存照片…</source>
        <translation>Saving photos …</translation>
    </message>
    <message>
        <source>没有前后对比，核查人员看不到变化；仍可提交</source>
        <translation>Without before and after the checker sees no change; you may still submit</translation>
    </message>
    <message>
        <source>没有定位</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>现场照片</source>
        <translation>Photos on site</translation>
    </message>
    <message>
        <source>缺少处置前的照片</source>
        <translation>The photo before is missing</translation>
    </message>
    <message>
        <source>缺少处置后的照片</source>
        <translation>The photo after is missing</translation>
    </message>
    <message>
        <source>至少需要一张照片</source>
        <translation>At least one photo is needed</translation>
    </message>
    <message>
        <source>距案件位置 %1，不在现场</source>
        <translation>%1 from the case: not on site</translation>
    </message>
</context>
<context>
    <name>ActSide</name>
    <message>
        <source>%1 张</source>
        <translation>Photos: %1</translation>
    </message>
    <message>
        <source>从文件导入</source>
        <translation>Import from files</translation>
    </message>
    <message>
        <source>导入照片</source>
        <translation>Import photos</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Take photo</translation>
    </message>
    <message>
        <source>照片会从本机删除，不能恢复。</source>
        <translation>The photo is deleted from this tablet for good.</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>移除这张照片？</source>
        <translation>Remove this photo?</translation>
    </message>
    <message>
        <source>还没有照片</source>
        <translation>No photos yet</translation>
    </message>
</context>
<context>
    <name>Acts</name>
    <message>
        <source>上报</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>不予采用</source>
        <translation>Set aside</translation>
    </message>
    <message>
        <source>不同意回退</source>
        <translation>Return refused</translation>
    </message>
    <message>
        <source>不同意延时</source>
        <translation>Delay refused</translation>
    </message>
    <message>
        <source>不同意挂账</source>
        <translation>Suspension refused</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Fed back</translation>
    </message>
    <message>
        <source>同意回退</source>
        <translation>Return accepted</translation>
    </message>
    <message>
        <source>同意延时</source>
        <translation>Delay granted</translation>
    </message>
    <message>
        <source>回退</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>增援</source>
        <translation>Reinforcement</translation>
    </message>
    <message>
        <source>处置</source>
        <translation>Handled</translation>
    </message>
    <message>
        <source>忽略预警</source>
        <translation>Dismissed an alert</translation>
    </message>
    <message>
        <source>总结</source>
        <translation>Lessons noted</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Resumed</translation>
    </message>
    <message>
        <source>拒单</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>接单</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>接手预警</source>
        <translation>Took an alert</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>放回预警</source>
        <translation>Put an alert back</translation>
    </message>
    <message>
        <source>查车记录</source>
        <translation>Look-up record</translation>
    </message>
    <message>
        <source>核实不属实</source>
        <translation>Denied</translation>
    </message>
    <message>
        <source>核实属实</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>核查不通过</source>
        <translation>Not verified</translation>
    </message>
    <message>
        <source>核查通过</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatched</translation>
    </message>
    <message>
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>消息已读</source>
        <translation>Message read</translation>
    </message>
    <message>
        <source>申请延时</source>
        <translation>Delay asked</translation>
    </message>
    <message>
        <source>申请挂账</source>
        <translation>Suspension asked</translation>
    </message>
    <message>
        <source>督办</source>
        <translation>Supervised</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>自行处理</source>
        <translation>Handled on the spot</translation>
    </message>
    <message>
        <source>行政检查</source>
        <translation>Inspection visit</translation>
    </message>
    <message>
        <source>补充</source>
        <translation>Supplemented</translation>
    </message>
    <message>
        <source>要求核实</source>
        <translation>Check asked</translation>
    </message>
    <message>
        <source>认可处置</source>
        <translation>Work upheld</translation>
    </message>
    <message>
        <source>转交预警</source>
        <translation>Passed an alert on</translation>
    </message>
    <message>
        <source>重新打开预警</source>
        <translation>Opened an alert again</translation>
    </message>
    <message>
        <source>预警处理</source>
        <translation>Alert</translation>
    </message>
    <message>
        <source>预警已处理</source>
        <translation>Answered an alert</translation>
    </message>
</context>
<context>
    <name>Ages</name>
    <message>
        <source>%1 公里</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 分钟</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 天</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 小时</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 米</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>不到 1 分钟</source>
        <translation>under 1 min</translation>
    </message>
</context>
<context>
    <name>AlertActions</name>
    <message>
        <source>呼叫增援</source>
        <translation>Call for reinforcement</translation>
    </message>
    <message>
        <source>处理完毕</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>忽略</source>
        <translation>Dismiss</translation>
    </message>
    <message>
        <source>接手处理</source>
        <translation>Take it</translation>
    </message>
    <message>
        <source>放回</source>
        <translation>Put back</translation>
    </message>
    <message>
        <source>转交</source>
        <translation>Pass on</translation>
    </message>
    <message>
        <source>重新打开</source>
        <translation>Open again</translation>
    </message>
</context>
<context>
    <name>AlertDetail</name>
    <message>
        <source>处理记录</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>建议：%1</source>
        <translation>Suggestion: %1</translation>
    </message>
    <message>
        <source>服务器没有接受您的操作</source>
        <translation>The server did not accept what you did</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>还没有人处理</source>
        <translation>Nobody has done anything yet</translation>
    </message>
</context>
<context>
    <name>AlertDialog</name>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>可以写下结果；需要立案的问题请另行上报。</source>
        <translation>You may write down the outcome; report separately what needs a case.</translation>
    </message>
    <message>
        <source>呼叫</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>呼叫增援</source>
        <translation>Call for reinforcement</translation>
    </message>
    <message>
        <source>处理完毕</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>多人围堵</source>
        <translation>Surrounded by several people</translation>
    </message>
    <message>
        <source>对方接手前，预警记在对方名下。</source>
        <translation>It stands under their name until they take it.</translation>
    </message>
    <message>
        <source>已上报案件</source>
        <translation>Reported as a case</translation>
    </message>
    <message>
        <source>已劝离</source>
        <translation>Asked to leave</translation>
    </message>
    <message>
        <source>已由他人处理</source>
        <translation>Somebody else saw to it</translation>
    </message>
    <message>
        <source>已移交执法</source>
        <translation>Handed to enforcement</translation>
    </message>
    <message>
        <source>已责令整改</source>
        <translation>Ordered to put right</translation>
    </message>
    <message>
        <source>忽略预警</source>
        <translation>Dismiss the alert</translation>
    </message>
    <message>
        <source>指挥中心会呼叫离您最近的空闲小队。没有网络时请同时打电话。</source>
        <translation>Command calls the free squads nearest to you. Without a network, phone as well.</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>没有可以转交的人</source>
        <translation>There is nobody to pass it on to</translation>
    </message>
    <message>
        <source>现场核实无异常</source>
        <translation>Checked on site, nothing wrong</translation>
    </message>
    <message>
        <source>误报</source>
        <translation>False alarm</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>请写明原因，它会留在记录里。</source>
        <translation>Please say why; it stays in the record.</translation>
    </message>
    <message>
        <source>车辆拒检</source>
        <translation>Truck refuses the check</translation>
    </message>
    <message>
        <source>转交给谁</source>
        <translation>Pass on to whom</translation>
    </message>
    <message>
        <source>重复预警</source>
        <translation>Same alert twice</translation>
    </message>
    <message>
        <source>需要拖车</source>
        <translation>Tow truck needed</translation>
    </message>
    <message>
        <source>需要拦截</source>
        <translation>Must be intercepted</translation>
    </message>
</context>
<context>
    <name>AlertFacts</name>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>准运证</source>
        <translation>Permit</translation>
    </message>
    <message>
        <source>单位</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>取现场图片</source>
        <translation>Fetch the picture</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>处理情况</source>
        <translation>Where it stands</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>查车 %1</source>
        <translation>Look up %1</translation>
    </message>
    <message>
        <source>预警信息</source>
        <translation>About the alert</translation>
    </message>
</context>
<context>
    <name>AlertList</name>
    <message>
        <source>%1 条等您处理</source>
        <translation>%1 waiting for you</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Over</translation>
    </message>
    <message>
        <source>显示哪些预警</source>
        <translation>Which alerts to show</translation>
    </message>
    <message>
        <source>未结束</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>没有未结束的预警</source>
        <translation>No open alerts</translation>
    </message>
    <message>
        <source>没有等您处理的预警</source>
        <translation>Nothing waits for you</translation>
    </message>
    <message>
        <source>监管平台发现异常时，会自动出现在这里</source>
        <translation>What the supervision side notices appears here by itself</translation>
    </message>
    <message>
        <source>还没有结束的预警</source>
        <translation>No alert is over yet</translation>
    </message>
    <message>
        <source>预警</source>
        <translation>Alerts</translation>
    </message>
</context>
<context>
    <name>AlertPast</name>
    <message>
        <source>%1（未被接受）</source>
        <translation>%1 (not accepted)</translation>
    </message>
</context>
<context>
    <name>AlertWords</name>
    <message>
        <source>严重</source>
        <translation>Serious</translation>
    </message>
    <message>
        <source>偏离路线</source>
        <translation>Off its route</translation>
    </message>
    <message>
        <source>发现黑名单车辆</source>
        <translation>Blacklisted truck seen</translation>
    </message>
    <message>
        <source>处理中</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>工地异常停留</source>
        <translation>Long stay at a site</translation>
    </message>
    <message>
        <source>已处理</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>已忽略</source>
        <translation>Dismissed</translation>
    </message>
    <message>
        <source>已转交</source>
        <translation>Passed on</translation>
    </message>
    <message>
        <source>待接手</source>
        <translation>Not taken yet</translation>
    </message>
    <message>
        <source>撒漏</source>
        <translation>Spilling</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>Urgent</translation>
    </message>
    <message>
        <source>超速</source>
        <translation>Speeding</translation>
    </message>
    <message>
        <source>轻微</source>
        <translation>Mild</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>%1 不能前往</source>
        <translation>%1 cannot come</translation>
    </message>
    <message>
        <source>%1 人正在赶来</source>
        <translation>%1 on the way</translation>
    </message>
    <message>
        <source>%1 前往</source>
        <translation>%1 coming</translation>
    </message>
    <message>
        <source>%1 呼叫增援</source>
        <translation>%1 calls for reinforcement</translation>
    </message>
    <message>
        <source>%1 在处理</source>
        <translation>%1 is on it</translation>
    </message>
    <message>
        <source>%1 已处理</source>
        <translation>Answered by %1</translation>
    </message>
    <message>
        <source>%1 已忽略</source>
        <translation>Dismissed by %1</translation>
    </message>
    <message>
        <source>%1 未答复</source>
        <translation>%1 no answer yet</translation>
    </message>
    <message>
        <source>两人到工地检查，核对准运证和出场记录。</source>
        <translation>Inspect the site, two of you: check the permit and the exit records.</translation>
    </message>
    <message>
        <source>两人拦停检查：先查车，再核对证件和路线。</source>
        <translation>Stop the truck, two of you: look it up first, then check papers and route.</translation>
    </message>
    <message>
        <source>严重</source>
        <translation>Serious</translation>
    </message>
    <message>
        <source>位置不明</source>
        <translation>place unknown</translation>
    </message>
    <message>
        <source>供您了解，由执法人员处理。</source>
        <translation>For you to know; officers see to it.</translation>
    </message>
    <message>
        <source>偏离路线</source>
        <translation>Off its route</translation>
    </message>
    <message>
        <source>偏离（米）</source>
        <translation>Off by (metres)</translation>
    </message>
    <message>
        <source>允许（分钟）</source>
        <translation>Allowed (minutes)</translation>
    </message>
    <message>
        <source>先呼叫增援，再拦停；不要单独处置。</source>
        <translation>Call for reinforcement before you stop it; do not act alone.</translation>
    </message>
    <message>
        <source>到工地看看，问明停留原因；有问题就拍照上报。</source>
        <translation>Go to the site and ask why it stays; photograph and report what is wrong.</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>发现黑名单车辆</source>
        <translation>Blacklisted truck seen</translation>
    </message>
    <message>
        <source>名单等级</source>
        <translation>Blacklist level</translation>
    </message>
    <message>
        <source>名单编号</source>
        <translation>Blacklist entry</translation>
    </message>
    <message>
        <source>在安全的地方拍照上报，不要拦车。</source>
        <translation>Photograph it from a safe place and report it; do not stop the truck.</translation>
    </message>
    <message>
        <source>增援呼叫已保存，联网后立即送出</source>
        <translation>Call for reinforcement saved; it goes out as soon as there is a network</translation>
    </message>
    <message>
        <source>增援呼叫已结束</source>
        <translation>Call for reinforcement ended</translation>
    </message>
    <message>
        <source>就在附近</source>
        <translation>close by</translation>
    </message>
    <message>
        <source>工地</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>工地异常停留</source>
        <translation>Unusual stay at a site</translation>
    </message>
    <message>
        <source>已忽略预警</source>
        <translation>Alert dismissed</translation>
    </message>
    <message>
        <source>已接手预警</source>
        <translation>Alert taken</translation>
    </message>
    <message>
        <source>已放回，他人可以接手</source>
        <translation>Put back: others can take it</translation>
    </message>
    <message>
        <source>已答复不能前往</source>
        <translation>Answered: cannot come</translation>
    </message>
    <message>
        <source>已答应前往</source>
        <translation>Answered: coming</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>Over</translation>
    </message>
    <message>
        <source>已转交预警</source>
        <translation>Alert passed on</translation>
    </message>
    <message>
        <source>已转给 %1</source>
        <translation>Passed to %1</translation>
    </message>
    <message>
        <source>待接手</source>
        <translation>Not taken yet</translation>
    </message>
    <message>
        <source>您呼叫了增援</source>
        <translation>You called for reinforcement</translation>
    </message>
    <message>
        <source>您在处理</source>
        <translation>You are on it</translation>
    </message>
    <message>
        <source>您已答复不能前往</source>
        <translation>You said that you cannot come</translation>
    </message>
    <message>
        <source>您已答应前往</source>
        <translation>You said that you are coming</translation>
    </message>
    <message>
        <source>情况轻微，可转给附近网格员核实。</source>
        <translation>It is mild: a grid worker nearby can look into it.</translation>
    </message>
    <message>
        <source>持续（分钟）</source>
        <translation>Lasted (minutes)</translation>
    </message>
    <message>
        <source>摄像头</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>撒漏</source>
        <translation>Spilling</translation>
    </message>
    <message>
        <source>新类型预警（请升级应用）</source>
        <translation>A new kind of alert (please update the app)</translation>
    </message>
    <message>
        <source>新预警：%1</source>
        <translation>New alert: %1</translation>
    </message>
    <message>
        <source>本市网格之外</source>
        <translation>Outside the grid of the city</translation>
    </message>
    <message>
        <source>等待答复</source>
        <translation>Waiting for answers</translation>
    </message>
    <message>
        <source>等您答复</source>
        <translation>Waiting for your answer</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>Urgent</translation>
    </message>
    <message>
        <source>紧急预警：%1</source>
        <translation>Urgent alert: %1</translation>
    </message>
    <message>
        <source>超速</source>
        <translation>Speeding</translation>
    </message>
    <message>
        <source>路段</source>
        <translation>Road</translation>
    </message>
    <message>
        <source>车速（km/h）</source>
        <translation>Speed (km/h)</translation>
    </message>
    <message>
        <source>转给您，待接手</source>
        <translation>Passed to you, not taken yet</translation>
    </message>
    <message>
        <source>转给执法人员处理。</source>
        <translation>Pass it on to officers.</translation>
    </message>
    <message>
        <source>轻微</source>
        <translation>Mild</translation>
    </message>
    <message>
        <source>还没送达指挥中心，别人看不到。急需时请打电话。</source>
        <translation>It has not reached command yet: nobody else can see it. If it is urgent, phone.</translation>
    </message>
    <message>
        <source>长度（米）</source>
        <translation>Length (metres)</translation>
    </message>
    <message>
        <source>附近没有空闲的小队，请联系指挥中心</source>
        <translation>No free squad is near: contact command</translation>
    </message>
    <message>
        <source>限速（km/h）</source>
        <translation>Limit (km/h)</translation>
    </message>
    <message>
        <source>预警已处理</source>
        <translation>Alert answered</translation>
    </message>
    <message>
        <source>预警已重新打开</source>
        <translation>Alert opened again</translation>
    </message>
</context>
<context>
    <name>AlertsPage</name>
    <message>
        <source>等您处理的在最上面，越紧急越靠前</source>
        <translation>What waits for you is on top, the most urgent first</translation>
    </message>
    <message>
        <source>请选择一条预警</source>
        <translation>Choose an alert</translation>
    </message>
</context>
<context>
    <name>BaseMapDialog</name>
    <message>
        <source>不用底图</source>
        <translation>Use no base map</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>底图文件</source>
        <translation>Base map files</translation>
    </message>
    <message>
        <source>正在复制底图</source>
        <translation>Copying the base map</translation>
    </message>
    <message>
        <source>没有找到 MBTiles 文件。请把文件放到“下载”文件夹或插入存储设备，再打开此页。</source>
        <translation>No MBTiles file was found. Put one into Downloads or plug in a stick, then open this again.</translation>
    </message>
    <message>
        <source>选择一个 MBTiles 文件，它会复制到本机。</source>
        <translation>Choose an MBTiles file; it is copied to this tablet.</translation>
    </message>
</context>
<context>
    <name>BeforeAfter</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>各半</source>
        <translation>Half and half</translation>
    </message>
    <message>
        <source>处置前</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>处置前后对比</source>
        <translation>Before and after</translation>
    </message>
    <message>
        <source>处置前后的分界</source>
        <translation>Edge between before and after</translation>
    </message>
    <message>
        <source>处置后</source>
        <translation>After</translation>
    </message>
    <message>
        <source>没有处置前的照片，无法对比。</source>
        <translation>There is no photo of before to compare with.</translation>
    </message>
    <message>
        <source>没有处置后的照片，无法对比。</source>
        <translation>There is no photo of after to compare with.</translation>
    </message>
    <message>
        <source>看哪一张</source>
        <translation>Which one to look at</translation>
    </message>
</context>
<context>
    <name>BlacklistNote</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 至 %2</source>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>%1 起</source>
        <translation>since %1</translation>
    </message>
    <message>
        <source>%1（不在有效期内）</source>
        <translation>%1 (not in force)</translation>
    </message>
    <message>
        <source>企业黑名单</source>
        <translation>Company blacklisted</translation>
    </message>
    <message>
        <source>车辆黑名单</source>
        <translation>Vehicle blacklisted</translation>
    </message>
    <message>
        <source>驾驶员黑名单</source>
        <translation>Driver blacklisted</translation>
    </message>
</context>
<context>
    <name>CallCard</name>
    <message>
        <source>不能前往</source>
        <translation>Cannot come</translation>
    </message>
    <message>
        <source>前往增援</source>
        <translation>Coming</translation>
    </message>
    <message>
        <source>看任务</source>
        <translation>See the task</translation>
    </message>
    <message>
        <source>看预警</source>
        <translation>See the alert</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>结束呼叫</source>
        <translation>End the call</translation>
    </message>
</context>
<context>
    <name>CameraBar</name>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>放大</source>
        <translation>Zoom in</translation>
    </message>
    <message>
        <source>灯关</source>
        <translation>Light off</translation>
    </message>
    <message>
        <source>灯开</source>
        <translation>Light on</translation>
    </message>
    <message>
        <source>缩小</source>
        <translation>Zoom out</translation>
    </message>
</context>
<context>
    <name>CameraPane</name>
    <message>
        <source>取景画面</source>
        <translation>Viewfinder</translation>
    </message>
    <message>
        <source>回放画面，并非现场</source>
        <translation>Replayed picture, not the scene</translation>
    </message>
    <message>
        <source>导入照片</source>
        <translation>Import photos</translation>
    </message>
    <message>
        <source>画面全黑，请检查镜头是否被遮挡</source>
        <translation>All black: is the lens covered?</translation>
    </message>
    <message>
        <source>还可保存 1000 张以上</source>
        <translation>Room for over 1,000</translation>
    </message>
    <message>
        <source>还可保存约 %1 张</source>
        <translation>Room for about %1</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>CameraSheet</name>
    <message>
        <source>%1 张已保存</source>
        <translation>%1 saved</translation>
    </message>
    <message>
        <source>取景画面</source>
        <translation>Viewfinder</translation>
    </message>
    <message>
        <source>回放画面，并非现场</source>
        <translation>Replayed picture, not the scene</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>CameraTrouble</name>
    <message>
        <source>可以导入已有照片，照常上报。</source>
        <translation>Import photos you have, and report as usual.</translation>
    </message>
    <message>
        <source>可能正被其他程序使用。可以重试，或导入照片。</source>
        <translation>Another program may be using it. Try again, or import photos.</translation>
    </message>
    <message>
        <source>本机没有相机</source>
        <translation>No camera on this device</translation>
    </message>
    <message>
        <source>正在打开相机</source>
        <translation>Opening the camera</translation>
    </message>
    <message>
        <source>没有使用相机的权限</source>
        <translation>No permission to use the camera</translation>
    </message>
    <message>
        <source>相机已断开</source>
        <translation>Camera disconnected</translation>
    </message>
    <message>
        <source>相机无法打开</source>
        <translation>The camera cannot be opened</translation>
    </message>
    <message>
        <source>请在系统设置中允许本应用使用相机。现在也可以导入照片。</source>
        <translation>Allow the camera in the system&apos;s settings. You may import photos meanwhile.</translation>
    </message>
    <message>
        <source>重新连接后会自动恢复。已拍的照片都在。</source>
        <translation>It comes back when connected again. Photos taken are safe.</translation>
    </message>
</context>
<context>
    <name>CaptureNotice</name>
    <message>
        <source>%1 张照片的文件缺失或损坏</source>
        <translation>Photo files missing or damaged: %1</translation>
    </message>
    <message>
        <source>上报已开始发送，已登记撤回</source>
        <translation>Sending had begun: the withdrawal is recorded</translation>
    </message>
    <message>
        <source>上次保存时被中断，照片已放入一份草稿。</source>
        <translation>Saving was interrupted last time; the photos are in a draft.</translation>
    </message>
    <message>
        <source>两边写的都在；同一项写得不同的，两个版本列在下面。</source>
        <translation>What both sides wrote is here; where they wrote one field differently, both versions are listed below.</translation>
    </message>
    <message>
        <source>之后写的内容没有丢，作为对它的补充。</source>
        <translation>What you wrote after that is not lost: it goes on as a supplement to it.</translation>
    </message>
    <message>
        <source>已撤销，草稿回来了</source>
        <translation>Undone, the draft is back</translation>
    </message>
    <message>
        <source>找回了 %1 张照片</source>
        <translation>Photos brought back: %1</translation>
    </message>
    <message>
        <source>服务器收到后即作废，无需再做什么。</source>
        <translation>It is void once the server has it; nothing more to do.</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>继续上次没写完的上报</source>
        <translation>Going on with your unfinished report</translation>
    </message>
    <message>
        <source>请联系管理员，不要清理本机数据。</source>
        <translation>Tell your administrator; do not clear this tablet&apos;s data.</translation>
    </message>
    <message>
        <source>这份上报已在别处提交</source>
        <translation>This report was submitted elsewhere</translation>
    </message>
    <message>
        <source>这份草稿在别处也改过，已合到一起</source>
        <translation>This draft was also changed elsewhere; both are in one now</translation>
    </message>
</context>
<context>
    <name>CapturePage</name>
    <message>
        <source>保留</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>填写（%1 张）</source>
        <translation>Fill in (%1)</translation>
    </message>
    <message>
        <source>放弃未保存的照片？</source>
        <translation>Give up photos that are not saved?</translation>
    </message>
    <message>
        <source>放弃照片</source>
        <translation>Give up photos</translation>
    </message>
    <message>
        <source>这些照片只在内存中，放弃后无法找回。</source>
        <translation>These photos are in memory only and cannot be brought back.</translation>
    </message>
</context>
<context>
    <name>CaptureSheet</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>CaseWords</name>
    <message>
        <source>已上报</source>
        <translation>reported</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>已到场</source>
        <translation>arrived</translation>
    </message>
    <message>
        <source>已反馈</source>
        <translation>fed back</translation>
    </message>
    <message>
        <source>已处置</source>
        <translation>handled</translation>
    </message>
    <message>
        <source>已接单</source>
        <translation>accepted</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>已核实</source>
        <translation>confirmed</translation>
    </message>
    <message>
        <source>已核查</source>
        <translation>verified</translation>
    </message>
    <message>
        <source>已立案</source>
        <translation>opened</translation>
    </message>
    <message>
        <source>已结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>已退回</source>
        <translation>returned</translation>
    </message>
    <message>
        <source>待发送</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>待接单</source>
        <translation>to be accepted</translation>
    </message>
    <message>
        <source>待核实</source>
        <translation>being checked</translation>
    </message>
    <message>
        <source>挂账中</source>
        <translation>suspended</translation>
    </message>
</context>
<context>
    <name>CasesCard</name>
    <message>
        <source>本机数据中没有</source>
        <translation>None in the data on this tablet</translation>
    </message>
    <message>
        <source>此车近期案件</source>
        <translation>Recent cases of this truck</translation>
    </message>
</context>
<context>
    <name>ClassSection</name>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>选择类别</source>
        <translation>Choose class</translation>
    </message>
</context>
<context>
    <name>ClassSheet</name>
    <message>
        <source>换一个词，或清除搜索后逐级选择。</source>
        <translation>Try another word, or clear the search and choose step by step.</translation>
    </message>
    <message>
        <source>搜索：渣土车、乱堆放、03-11…</source>
        <translation>Search: muck truck, dumping, 03-11 …</translation>
    </message>
    <message>
        <source>最近使用</source>
        <translation>Used lately</translation>
    </message>
    <message>
        <source>没有找到“%1”</source>
        <translation>Nothing found for &quot;%1&quot;</translation>
    </message>
    <message>
        <source>紧急</source>
        <translation>Urgent</translation>
    </message>
    <message>
        <source>选好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>选择类别</source>
        <translation>Choose class</translation>
    </message>
</context>
<context>
    <name>CompanyPane</name>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>开始检查</source>
        <translation>Begin a visit</translation>
    </message>
    <message>
        <source>更多车辆</source>
        <translation>More trucks</translation>
    </message>
    <message>
        <source>没有登记在这家企业名下的许可</source>
        <translation>No permit is held by this company</translation>
    </message>
    <message>
        <source>至 %1</source>
        <translation>until %1</translation>
    </message>
    <message>
        <source>至 %1 · %2 张许可</source>
        <translation>until %1 · %2 permits</translation>
    </message>
    <message>
        <source>车辆</source>
        <translation>Trucks</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>%1 条未读</source>
        <translation>%1 unread</translation>
    </message>
</context>
<context>
    <name>CoordinateDialog</name>
    <message>
        <source>WGS-84 十进制度。位置会标明“人工标注”。</source>
        <translation>WGS-84 decimal degrees. The position is marked &quot;set by hand&quot;.</translation>
    </message>
    <message>
        <source>使用此位置</source>
        <translation>Use this position</translation>
    </message>
    <message>
        <source>如 %1</source>
        <translation>e.g. %1</translation>
    </message>
    <message>
        <source>纬度</source>
        <translation>Latitude</translation>
    </message>
    <message>
        <source>纬度应在 -90 到 90 之间</source>
        <translation>Latitude lies between -90 and 90</translation>
    </message>
    <message>
        <source>经度</source>
        <translation>Longitude</translation>
    </message>
    <message>
        <source>经度应在 -180 到 180 之间</source>
        <translation>Longitude lies between -180 and 180</translation>
    </message>
    <message>
        <source>输入坐标</source>
        <translation>Type coordinates</translation>
    </message>
</context>
<context>
    <name>Crossings</name>
    <message>
        <source>上报已保存</source>
        <translation>Report saved</translation>
    </message>
    <message>
        <source>巡查已接着记录，中断的时间不计入轨迹</source>
        <translation>The patrol goes on; the time in between does not count</translation>
    </message>
    <message>
        <source>巡查已结束，轨迹已保存</source>
        <translation>Patrol ended, the track is saved</translation>
    </message>
    <message>
        <source>已撤销</source>
        <translation>Undone</translation>
    </message>
    <message>
        <source>已补充到案件</source>
        <translation>Added to the case</translation>
    </message>
    <message>
        <source>已退出登录，巡查随之结束，轨迹已保存</source>
        <translation>Signed out: the patrol has ended with it, the track is saved</translation>
    </message>
    <message>
        <source>撤回已保存，将随后发送</source>
        <translation>Withdrawal saved, it will be sent</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>检查笔录已保存</source>
        <translation>The record of the visit is saved</translation>
    </message>
</context>
<context>
    <name>DataCard</name>
    <message>
        <source>%1前</source>
        <translation>%1 ago</translation>
    </message>
    <message>
        <source>他人的照片</source>
        <translation>Photos of others</translation>
    </message>
    <message>
        <source>城市数据</source>
        <translation>City data</translation>
    </message>
    <message>
        <source>存储空间</source>
        <translation>Storage</translation>
    </message>
    <message>
        <source>数据时间</source>
        <translation>Data age</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>服务器</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>DisplayCard</name>
    <message>
        <source>保存成功和失败发出不同的声音</source>
        <translation>Saved and failed sound different</translation>
    </message>
    <message>
        <source>外观</source>
        <translation>Appearance</translation>
    </message>
    <message>
        <source>夜间</source>
        <translation>Night</translation>
    </message>
    <message>
        <source>强光</source>
        <translation>Sunlight</translation>
    </message>
    <message>
        <source>提示音</source>
        <translation>Sounds</translation>
    </message>
    <message>
        <source>文字大小</source>
        <translation>Text size</translation>
    </message>
    <message>
        <source>日间</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>显示</source>
        <translation>Display</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
</context>
<context>
    <name>DraftsSheet</name>
    <message>
        <source>%1 张照片</source>
        <translation>Photos: %1</translation>
    </message>
    <message>
        <source>%1前</source>
        <translation>%1 ago</translation>
    </message>
    <message>
        <source>保留</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>删除后无法找回。</source>
        <translation>It cannot be brought back.</translation>
    </message>
    <message>
        <source>删除草稿</source>
        <translation>Delete draft</translation>
    </message>
    <message>
        <source>删除这份草稿？</source>
        <translation>Delete this draft?</translation>
    </message>
    <message>
        <source>找回的照片</source>
        <translation>Photos brought back</translation>
    </message>
    <message>
        <source>未选类别</source>
        <translation>No class chosen</translation>
    </message>
    <message>
        <source>没写完的上报会自动保存在这里。</source>
        <translation>Unfinished reports are kept here by themselves.</translation>
    </message>
    <message>
        <source>没有其他草稿</source>
        <translation>No other drafts</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>草稿只在本机，提交后才会发送。</source>
        <translation>A draft stays on this tablet until you submit it.</translation>
    </message>
    <message>
        <source>草稿里的 %1 张照片会一并删除，无法找回。</source>
        <translation>Its photos (%1) are deleted too, for good.</translation>
    </message>
    <message>
        <source>还没有写什么</source>
        <translation>Nothing written yet</translation>
    </message>
</context>
<context>
    <name>EarlierPatrols</name>
    <message>
        <source>%1 公里</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 分钟</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>中断 %1 次</source>
        <translation>%1 gaps</translation>
    </message>
    <message>
        <source>以前的巡查</source>
        <translation>Earlier patrols</translation>
    </message>
    <message>
        <source>还没有巡查记录</source>
        <translation>No patrols yet</translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message>
        <source>26 位字母和数字，空格和短横可以省略</source>
        <translation>26 letters and digits; spaces and hyphens may be left out</translation>
    </message>
    <message>
        <source>向管理员索取服务器地址和一次性注册码。注册码会先核对服务器的身份，再发送任何内容。</source>
        <translation>Ask your administrator for the server address and a one-time code. The code checks who the server is before anything is sent.</translation>
    </message>
    <message>
        <source>如 %1</source>
        <translation>e.g. %1</translation>
    </message>
    <message>
        <source>扫描注册二维码</source>
        <translation>Scan enrolment QR</translation>
    </message>
    <message>
        <source>无法连接服务器</source>
        <translation>The server cannot be reached</translation>
    </message>
    <message>
        <source>服务器地址</source>
        <translation>Server address</translation>
    </message>
    <message>
        <source>未能注册</source>
        <translation>Not enrolled</translation>
    </message>
    <message>
        <source>正在核对服务器</source>
        <translation>Checking the server</translation>
    </message>
    <message>
        <source>注册</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>注册本机</source>
        <translation>Enrol this tablet</translation>
    </message>
    <message>
        <source>注册码</source>
        <translation>Enrolment code</translation>
    </message>
    <message>
        <source>注册码不对</source>
        <translation>The code is not right</translation>
    </message>
    <message>
        <source>请核对地址和网络</source>
        <translation>Check the address and the network</translation>
    </message>
    <message>
        <source>请逐组核对</source>
        <translation>Check it group by group</translation>
    </message>
    <message>
        <source>这不是注册码对应的服务器</source>
        <translation>Not the server this code was made for</translation>
    </message>
</context>
<context>
    <name>EntryFrame</name>
    <message>
        <source>城市巡查</source>
        <translation>Field App</translation>
    </message>
    <message>
        <source>夜间</source>
        <translation>Night</translation>
    </message>
    <message>
        <source>强光</source>
        <translation>Sunlight</translation>
    </message>
    <message>
        <source>收到服务器回执才算送达</source>
        <translation>Delivered means: the server gave a receipt</translation>
    </message>
    <message>
        <source>断网照常工作，网络恢复后自动发送</source>
        <translation>Works without a network, sends by itself when it returns</translation>
    </message>
    <message>
        <source>日间</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>查车、上报、处置，没有网络也一样工作</source>
        <translation>Look up, report and handle, with or without a network</translation>
    </message>
    <message>
        <source>照片原件保存在本机，一字节不改</source>
        <translation>Original photos stay as taken, byte for byte</translation>
    </message>
</context>
<context>
    <name>FaBanner</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>FaCascade</name>
    <message>
        <source>先选%1</source>
        <translation>First choose: %1</translation>
    </message>
    <message>
        <source>大类</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>小类</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>细类</source>
        <translation>Subtype</translation>
    </message>
</context>
<context>
    <name>FaChip</name>
    <message>
        <source>移除 %1</source>
        <translation>Remove %1</translation>
    </message>
</context>
<context>
    <name>FaDialog</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>FaKeypad</name>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
</context>
<context>
    <name>FaNavRail</name>
    <message>
        <source>导航</source>
        <translation>Navigation</translation>
    </message>
</context>
<context>
    <name>FaPageHeader</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
</context>
<context>
    <name>FaPhotoStrip</name>
    <message>
        <source>拍照</source>
        <translation>Take photo</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
</context>
<context>
    <name>FaPhotoTile</name>
    <message>
        <source>导入</source>
        <translation>Imported</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>照片 %1</source>
        <translation>Photo %1</translation>
    </message>
    <message>
        <source>移除照片 %1</source>
        <translation>Remove photo %1</translation>
    </message>
</context>
<context>
    <name>FaPhotoViewer</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>上一张</source>
        <translation>Previous photo</translation>
    </message>
    <message>
        <source>下一张</source>
        <translation>Next photo</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>放大</source>
        <translation>Zoom in</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photo</translation>
    </message>
    <message>
        <source>照片 %1</source>
        <translation>Photo %1</translation>
    </message>
    <message>
        <source>照片已送达，本机不再保留</source>
        <translation>Delivered, and no longer kept on this tablet</translation>
    </message>
    <message>
        <source>缩小</source>
        <translation>Zoom out</translation>
    </message>
    <message>
        <source>这张照片打不开</source>
        <translation>This photo cannot be opened</translation>
    </message>
    <message>
        <source>遮盖人脸或车牌</source>
        <translation>Mask a face or plate</translation>
    </message>
</context>
<context>
    <name>FaPinDots</name>
    <message>
        <source>已输入 %1 位</source>
        <translation>%1 digits entered</translation>
    </message>
</context>
<context>
    <name>FaPlateField</name>
    <message>
        <source>车牌 %1</source>
        <translation>Plate %1</translation>
    </message>
    <message>
        <source>车牌，未输入</source>
        <translation>Plate, empty</translation>
    </message>
</context>
<context>
    <name>FaPlateKeypad</name>
    <message>
        <source>字母数字</source>
        <translation>ABC 123</translation>
    </message>
    <message>
        <source>查询</source>
        <translation>Look up</translation>
    </message>
    <message>
        <source>省份</source>
        <translation>Province</translation>
    </message>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
</context>
<context>
    <name>FaStatePill</name>
    <message>
        <source>已更正</source>
        <translation>Corrected</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>正在发送</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>等待发送</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>需要处理</source>
        <translation>Needs you</translation>
    </message>
</context>
<context>
    <name>FaTextArea</name>
    <message>
        <source>%1 / %2 字</source>
        <translation>%1 / %2 characters</translation>
    </message>
</context>
<context>
    <name>FaTextField</name>
    <message>
        <source>清除</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>FaToast</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>FactPill</name>
    <message>
        <source>黑名单</source>
        <translation>Blacklisted</translation>
    </message>
</context>
<context>
    <name>FillPage</name>
    <message>
        <source>只在第一次需要。下载完成后，查车、上报和任务在没有网络时也能使用。中断后会从断点继续。</source>
        <translation>Needed only once. Afterwards look-up, reports and tasks work without a network. If it is interrupted, it goes on where it stopped.</translation>
    </message>
    <message>
        <source>暂时没有进展</source>
        <translation>No progress at the moment</translation>
    </message>
    <message>
        <source>正在准备城市数据</source>
        <translation>Preparing the city&apos;s data</translation>
    </message>
    <message>
        <source>正在整理</source>
        <translation>Putting in order</translation>
    </message>
    <message>
        <source>许可、企业、工地和网格</source>
        <translation>Permits, companies, sites and grid cells</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>FormWords</name>
    <message>
        <source>不在我的网格</source>
        <translation>Not in my grid</translation>
    </message>
    <message>
        <source>不属本人职责</source>
        <translation>Not my duty</translation>
    </message>
    <message>
        <source>位置不对</source>
        <translation>The place is wrong</translation>
    </message>
    <message>
        <source>位置有误</source>
        <translation>The position is wrong</translation>
    </message>
    <message>
        <source>做了什么，结果如何</source>
        <translation>What was done, and with what result</translation>
    </message>
    <message>
        <source>写下这件案件的经验，供以后参考；它会跟着案件保存。</source>
        <translation>Write down what was learned, for later; it stays with the case.</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>反馈说明</source>
        <translation>Feedback</translation>
    </message>
    <message>
        <source>处理说明</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>处置不彻底</source>
        <translation>Not handled thoroughly</translation>
    </message>
    <message>
        <source>处置后到现场核查：问题已经解决，可以结案。</source>
        <translation>Seen on site after handling: the problem is solved, the case can be closed.</translation>
    </message>
    <message>
        <source>处置后到现场核查：问题没有解决，案件会退给处置人员。</source>
        <translation>Seen on site after handling: the problem is not solved, the case goes back to the handler.</translation>
    </message>
    <message>
        <source>处置结果，是否需要后续</source>
        <translation>Result, and whether more is needed</translation>
    </message>
    <message>
        <source>处置说明</source>
        <translation>What was done</translation>
    </message>
    <message>
        <source>天气原因</source>
        <translation>Weather</translation>
    </message>
    <message>
        <source>定位不准</source>
        <translation>Position not exact</translation>
    </message>
    <message>
        <source>已修复</source>
        <translation>Repaired</translation>
    </message>
    <message>
        <source>已劝离</source>
        <translation>Persuaded to leave</translation>
    </message>
    <message>
        <source>已处置到位</source>
        <translation>Handled well</translation>
    </message>
    <message>
        <source>已处置完毕，请核查</source>
        <translation>Handled, please verify</translation>
    </message>
    <message>
        <source>已扶正</source>
        <translation>Set upright</translation>
    </message>
    <message>
        <source>已清理完毕</source>
        <translation>Cleaned up</translation>
    </message>
    <message>
        <source>已设警示标志</source>
        <translation>Warning signs put up</translation>
    </message>
    <message>
        <source>已责令整改</source>
        <translation>Ordered to put it right</translation>
    </message>
    <message>
        <source>当事人已自行整改</source>
        <translation>Put right by the party itself</translation>
    </message>
    <message>
        <source>总结</source>
        <translation>Lessons noted</translation>
    </message>
    <message>
        <source>您在现场自行处理了问题；处理前后各拍一张，之后由他人核查。</source>
        <translation>You handled the problem on the spot; take a photo before and after, somebody else will verify it.</translation>
    </message>
    <message>
        <source>情况属实</source>
        <translation>It is as reported</translation>
    </message>
    <message>
        <source>情况属实，范围更大</source>
        <translation>It is as reported, and larger</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>提交反馈</source>
        <translation>Submit feedback</translation>
    </message>
    <message>
        <source>提交处置</source>
        <translation>Submit handling</translation>
    </message>
    <message>
        <source>提交：不属实</source>
        <translation>Submit: not confirmed</translation>
    </message>
    <message>
        <source>提交：不通过</source>
        <translation>Submit: rejected</translation>
    </message>
    <message>
        <source>提交：属实</source>
        <translation>Submit: confirmed</translation>
    </message>
    <message>
        <source>提交：通过</source>
        <translation>Submit: verified</translation>
    </message>
    <message>
        <source>权属不清</source>
        <translation>Ownership unclear</translation>
    </message>
    <message>
        <source>核实情况</source>
        <translation>What you found</translation>
    </message>
    <message>
        <source>核查情况</source>
        <translation>What you found</translation>
    </message>
    <message>
        <source>案件会退回派遣员，由其重新派遣。</source>
        <translation>The case goes back to the dispatcher, who dispatches it again.</translation>
    </message>
    <message>
        <source>案件位置有误</source>
        <translation>The case&apos;s place is wrong</translation>
    </message>
    <message>
        <source>没有处置</source>
        <translation>Not handled</translation>
    </message>
    <message>
        <source>涉及行政复议</source>
        <translation>Under administrative review</translation>
    </message>
    <message>
        <source>现场整洁</source>
        <translation>The place is tidy</translation>
    </message>
    <message>
        <source>现场无法处置</source>
        <translation>Cannot be handled on site</translation>
    </message>
    <message>
        <source>现场未发现问题</source>
        <translation>No problem found on site</translation>
    </message>
    <message>
        <source>现场没有该问题</source>
        <translation>There is no such problem here</translation>
    </message>
    <message>
        <source>现场看到什么</source>
        <translation>What you see on site</translation>
    </message>
    <message>
        <source>申请会送给派遣员决定。</source>
        <translation>The dispatcher decides on the request.</translation>
    </message>
    <message>
        <source>立案前到现场核实：没有看到所报的问题，请写明看到什么。</source>
        <translation>Seen on site before opening: the problem is not there. Write down what you see.</translation>
    </message>
    <message>
        <source>立案前到现场核实：问题属实，可以立案。</source>
        <translation>Seen on site before opening: the problem is as reported, the case can be opened.</translation>
    </message>
    <message>
        <source>等待配合单位</source>
        <translation>Waiting for another unit</translation>
    </message>
    <message>
        <source>补充照片或情况，不改变案件的状态。</source>
        <translation>Add photos or facts; the case stays where it is.</translation>
    </message>
    <message>
        <source>补充说明</source>
        <translation>Addition</translation>
    </message>
    <message>
        <source>道路封闭，在附近</source>
        <translation>Road closed, nearby</translation>
    </message>
    <message>
        <source>问题又出现</source>
        <translation>The problem is back</translation>
    </message>
    <message>
        <source>问题已消失</source>
        <translation>The problem is gone</translation>
    </message>
    <message>
        <source>需专业设备</source>
        <translation>Special equipment needed</translation>
    </message>
    <message>
        <source>需其他部门配合</source>
        <translation>Another department needed</translation>
    </message>
    <message>
        <source>需继续跟进</source>
        <translation>To be followed up</translation>
    </message>
</context>
<context>
    <name>HistoryRow</name>
    <message>
        <source>前后对比</source>
        <translation>Compare before and after</translation>
    </message>
    <message>
        <source>处置前 %1 张，处置后 %2 张</source>
        <translation>%1 before, %2 after</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>服务器未接受</source>
        <translation>Not accepted by the server</translation>
    </message>
    <message>
        <source>距案件位置 %1</source>
        <translation>%1 from the case</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message>
        <source>上一级文件夹</source>
        <translation>Folder above</translation>
    </message>
    <message>
        <source>下载</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>主目录</source>
        <translation>Home folder</translation>
    </message>
    <message>
        <source>可换一个文件夹，或插入存有照片的 U 盘。支持 JPEG、PNG、HEIC。</source>
        <translation>Try another folder, or plug in a stick with photos. JPEG, PNG and HEIC are read.</translation>
    </message>
    <message>
        <source>图片</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>导入照片</source>
        <translation>Import photos</translation>
    </message>
    <message>
        <source>导入的照片按其自身记录的位置和时间保存，并标明“导入”。</source>
        <translation>Imported photos keep their own place and time and are marked &quot;imported&quot;.</translation>
    </message>
    <message>
        <source>已选 %1 张</source>
        <translation>%1 chosen</translation>
    </message>
    <message>
        <source>无法读取这个文件夹</source>
        <translation>This folder cannot be read</translation>
    </message>
    <message>
        <source>点按照片即可选择，可选多张</source>
        <translation>Tap photos to choose, as many as you like</translation>
    </message>
    <message>
        <source>点按照片即读取</source>
        <translation>Tap a photo to read it</translation>
    </message>
    <message>
        <source>这个文件夹里没有照片</source>
        <translation>No photos in this folder</translation>
    </message>
</context>
<context>
    <name>LayerChips</name>
    <message>
        <source>图例</source>
        <translation>Legend</translation>
    </message>
    <message>
        <source>图层</source>
        <translation>Layers</translation>
    </message>
</context>
<context>
    <name>LayersCard</name>
    <message>
        <source>准运路线</source>
        <translation>Permit routes</translation>
    </message>
    <message>
        <source>准运路线：%1，%2 条</source>
        <translation>Permit routes: %1, %2 in force</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Grid cells</translation>
    </message>
    <message>
        <source>地图只画网格和标记。</source>
        <translation>The map shows the grid and its signs alone.</translation>
    </message>
    <message>
        <source>导入底图文件</source>
        <translation>Import a base map</translation>
    </message>
    <message>
        <source>巡查轨迹</source>
        <translation>Patrol track</translation>
    </message>
    <message>
        <source>工地</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>底图</source>
        <translation>Base map</translation>
    </message>
    <message>
        <source>我的上报</source>
        <translation>My reports</translation>
    </message>
    <message>
        <source>更换底图</source>
        <translation>Change the base map</translation>
    </message>
    <message>
        <source>案件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>没有底图</source>
        <translation>No base map</translation>
    </message>
    <message>
        <source>消纳场</source>
        <translation>Disposal sites</translation>
    </message>
    <message>
        <source>禁行区</source>
        <translation>No-truck zones</translation>
    </message>
    <message>
        <source>预警</source>
        <translation>Alerts</translation>
    </message>
</context>
<context>
    <name>LegendCard</name>
    <message>
        <source>右上角：已超时；三角为将超时</source>
        <translation>Top corner: overdue; a triangle: soon due</translation>
    </message>
    <message>
        <source>外面多一圈的是派给我的。</source>
        <translation>A ring around it: dispatched to me.</translation>
    </message>
    <message>
        <source>工地（远看是点）</source>
        <translation>Construction site (a dot from afar)</translation>
    </message>
    <message>
        <source>我的上报</source>
        <translation>My reports</translation>
    </message>
    <message>
        <source>我的位置；空心为旧位置</source>
        <translation>My position; hollow when old</translation>
    </message>
    <message>
        <source>数字：此处有多个标记，点一下放大</source>
        <translation>A number: several signs here, tap to come closer</translation>
    </message>
    <message>
        <source>斜线区域：渣土车禁行区</source>
        <translation>Hatched: trucks prohibited</translation>
    </message>
    <message>
        <source>案件：处置中</source>
        <translation>Case: being handled</translation>
    </message>
    <message>
        <source>案件：已退回或挂账中</source>
        <translation>Case: returned or suspended</translation>
    </message>
    <message>
        <source>案件：待接单</source>
        <translation>Case: dispatched, to be accepted</translation>
    </message>
    <message>
        <source>案件：待核查、待结案</source>
        <translation>Case: to be verified or closed</translation>
    </message>
    <message>
        <source>案件：新上报、待立案</source>
        <translation>Case: reported, not yet dispatched</translation>
    </message>
    <message>
        <source>消纳场（远看是圈）</source>
        <translation>Disposal site (a ring from afar)</translation>
    </message>
    <message>
        <source>绿线：准运路线，由方块（工地）到圆（消纳场）</source>
        <translation>Green: permit route, square to circle</translation>
    </message>
    <message>
        <source>预警：红为紧急，橙为严重，蓝为轻微</source>
        <translation>Alert: red urgent, orange serious, blue mild</translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>发送已暂停</source>
        <translation>Sending is paused</translation>
    </message>
    <message>
        <source>发送服务等待解锁</source>
        <translation>Sending waits for sign-in</translation>
    </message>
    <message>
        <source>发送需要处理</source>
        <translation>Sending needs you</translation>
    </message>
    <message>
        <source>待发送：%1</source>
        <translation>To send: %1</translation>
    </message>
    <message>
        <source>正在发送</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>没有待发送的内容，可以照常工作</source>
        <translation>Nothing waits to be sent; work as usual</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>离线，自 %1 起联系不上服务器</source>
        <translation>Offline, no answer since %1</translation>
    </message>
    <message>
        <source>，最早的已等待：%1</source>
        <translation>, the oldest waiting for %1</translation>
    </message>
</context>
<context>
    <name>LinkViewModel</name>
    <message numerus="yes">
        <source>%n 张照片</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n 条记录</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n 条记录需要处理</source>
        <translation>
            <numerusform>%n record needs you</numerusform>
            <numerusform>%n records need you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockOverlay</name>
    <message>
        <source>人员编号</source>
        <translation>Officer number</translation>
    </message>
    <message>
        <source>前一位人员的草稿会保留</source>
        <translation>The previous officer&apos;s drafts are kept</translation>
    </message>
    <message>
        <source>回到 %1</source>
        <translation>Back to %1</translation>
    </message>
    <message>
        <source>屏幕已锁定</source>
        <translation>Screen locked</translation>
    </message>
    <message>
        <source>屏幕已锁定，草稿都在。请输入 PIN 码继续</source>
        <translation>Locked; your drafts are safe. Enter your PIN to go on</translation>
    </message>
    <message>
        <source>换人登录</source>
        <translation>Another officer</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
</context>
<context>
    <name>LookupAge</name>
    <message>
        <source>数据时间未知</source>
        <translation>Age of data unknown</translation>
    </message>
    <message>
        <source>数据过旧：%1前</source>
        <translation>Data too old: %1</translation>
    </message>
    <message>
        <source>数据：%1前</source>
        <translation>Data: %1 old</translation>
    </message>
</context>
<context>
    <name>LookupInput</name>
    <message>
        <source>车牌、企业名称或信用代码</source>
        <translation>Plate, company or credit code</translation>
    </message>
</context>
<context>
    <name>LookupPage</name>
    <message>
        <source>查车</source>
        <translation>Look up</translation>
    </message>
    <message>
        <source>此车此时此地能否通行，没有网络也能查</source>
        <translation>May this truck be here, now? Works without a network too</translation>
    </message>
</context>
<context>
    <name>LookupWords</name>
    <message>
        <source>%1 至次日 %2</source>
        <translation>%1–%2 (next day)</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>不准通行</source>
        <translation>Not allowed</translation>
    </message>
    <message>
        <source>不明</source>
        <translation>Unclear</translation>
    </message>
    <message>
        <source>严重</source>
        <translation>serious</translation>
    </message>
    <message>
        <source>使用中</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>关注</source>
        <translation>watch</translation>
    </message>
    <message>
        <source>准许通行</source>
        <translation>Allowed</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>已吊销</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>已核发</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>已用完</source>
        <translation>Used up</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>无法判断</source>
        <translation>Cannot tell</translation>
    </message>
    <message>
        <source>无许可</source>
        <translation>No permit</translation>
    </message>
    <message>
        <source>有效</source>
        <translation>Valid</translation>
    </message>
    <message>
        <source>未生效</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>禁止</source>
        <translation>stop</translation>
    </message>
    <message>
        <source>需要核查</source>
        <translation>Check first</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>仍要关闭</source>
        <translation>Close all the same</translation>
    </message>
    <message>
        <source>关闭窗口</source>
        <translation>Close the window</translation>
    </message>
    <message>
        <source>城市巡查</source>
        <translation>Field App</translation>
    </message>
    <message>
        <source>救援导出</source>
        <translation>Rescue file</translation>
    </message>
    <message>
        <source>还有内容没有发送</source>
        <translation>Something has not been sent yet</translation>
    </message>
    <message>
        <source>还有照片没有保存</source>
        <translation>Photos are not saved yet</translation>
    </message>
    <message>
        <source>这些照片只在内存中，关闭后无法找回。</source>
        <translation>These photos are in memory only; closing loses them.</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>都保存在本机，登录后由后台同步服务发送。</source>
        <translation>All of it is saved on this device. The sync service sends it once somebody signs in.</translation>
    </message>
    <message>
        <source>都保存在本机，窗口关闭后由后台同步服务继续发送。</source>
        <translation>All of it is saved on this device. The sync service goes on sending after the window is closed.</translation>
    </message>
</context>
<context>
    <name>MapButtons</name>
    <message>
        <source>向东看</source>
        <translation>Look east</translation>
    </message>
    <message>
        <source>向北看</source>
        <translation>Look north</translation>
    </message>
    <message>
        <source>向南看</source>
        <translation>Look south</translation>
    </message>
    <message>
        <source>向西看</source>
        <translation>Look west</translation>
    </message>
    <message>
        <source>我的位置</source>
        <translation>My position</translation>
    </message>
    <message>
        <source>放大</source>
        <translation>Zoom in</translation>
    </message>
    <message>
        <source>整个城市</source>
        <translation>Whole city</translation>
    </message>
    <message>
        <source>缩小</source>
        <translation>Zoom out</translation>
    </message>
</context>
<context>
    <name>MapFoot</name>
    <message>
        <source>%1 公里</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 米</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>位置已旧</source>
        <translation>Old position</translation>
    </message>
    <message>
        <source>北</source>
        <translation>N</translation>
    </message>
    <message>
        <source>没有位置</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>示意图，不是测绘地图</source>
        <translation>A sketch, not a survey</translation>
    </message>
    <message>
        <source>精度 %1 米</source>
        <translation>Accurate to %1 m</translation>
    </message>
    <message>
        <source>精度未知</source>
        <translation>Accuracy unknown</translation>
    </message>
</context>
<context>
    <name>MapOffer</name>
    <message>
        <source>下载底图（%1）</source>
        <translation>Fetch the base map (%1)</translation>
    </message>
    <message>
        <source>不下载了</source>
        <translation>Do not fetch it</translation>
    </message>
    <message>
        <source>只用不计流量的网络；上报和照片先发。</source>
        <translation>Over unmetered connections only; reports and photos go first.</translation>
    </message>
    <message>
        <source>城市底图</source>
        <translation>City base map</translation>
    </message>
    <message>
        <source>有城市底图可以下载</source>
        <translation>A base map of the city is ready</translation>
    </message>
    <message>
        <source>正在下载</source>
        <translation>Downloading</translation>
    </message>
    <message>
        <source>正在取得城市底图</source>
        <translation>Fetching the base map</translation>
    </message>
    <message>
        <source>用流量下载（%1）</source>
        <translation>Fetch it over mobile data (%1)</translation>
    </message>
    <message>
        <source>等待下载</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>重新下载底图</source>
        <translation>Fetch it again</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>城市示意地图</source>
        <translation>Sketch map of the city</translation>
    </message>
    <message>
        <source>本机还没有网格数据</source>
        <translation>No grid on this tablet yet</translation>
    </message>
    <message>
        <source>正在读取地图</source>
        <translation>Reading the map</translation>
    </message>
    <message>
        <source>联网取得数据后，这里会显示单元网格、工地和案件。</source>
        <translation>Once data has come over the network, grid cells, sites and cases appear here.</translation>
    </message>
</context>
<context>
    <name>MaskBox</name>
    <message>
        <source>建议的遮盖框 %1</source>
        <translation>Suggested mask %1</translation>
    </message>
    <message>
        <source>遮盖框 %1</source>
        <translation>Mask %1</translation>
    </message>
</context>
<context>
    <name>MaskSheet</name>
    <message>
        <source>%1 处遮盖</source>
        <translation>Masks: %1</translation>
    </message>
    <message>
        <source>保存遮盖</source>
        <translation>Save masks</translation>
    </message>
    <message>
        <source>加宽</source>
        <translation>Wider</translation>
    </message>
    <message>
        <source>加高</source>
        <translation>Taller</translation>
    </message>
    <message>
        <source>去掉这个框</source>
        <translation>Remove this box</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>找出车牌</source>
        <translation>Find plates</translation>
    </message>
    <message>
        <source>框放大</source>
        <translation>Larger box</translation>
    </message>
    <message>
        <source>框缩小</source>
        <translation>Smaller box</translation>
    </message>
    <message>
        <source>点一下加框。遮盖只用于显示和随附的图片，原件不变。</source>
        <translation>Tap to set a box. Masks are for what is shown and sent beside the photo; the original stays as it is.</translation>
    </message>
    <message>
        <source>点一下加框。遮盖只用于显示和随附的图片，原件不变；保存后作为一条补充发送。</source>
        <translation>Tap to set a box. Masks are for what is shown and sent beside the photo; the original stays as it is. Saving sends them as an addition.</translation>
    </message>
    <message>
        <source>遮盖照片</source>
        <translation>Mask the photo</translation>
    </message>
</context>
<context>
    <name>MaskTable</name>
    <message>
        <source>照片，已有 %1 处遮盖</source>
        <translation>Photo with %1 mask(s)</translation>
    </message>
</context>
<context>
    <name>MeasureCard</name>
    <message>
        <source>与黑名单核对，可不填</source>
        <translation>Held against the blacklist, optional</translation>
    </message>
    <message>
        <source>吨</source>
        <translation>t</translation>
    </message>
    <message>
        <source>在地图上选点</source>
        <translation>Set a pin on the map</translation>
    </message>
    <message>
        <source>展开</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>改在图上的位置</source>
        <translation>Move the pin</translation>
    </message>
    <message>
        <source>现场情况</source>
        <translation>On the spot</translation>
    </message>
    <message>
        <source>用平板的定位</source>
        <translation>Use this tablet&apos;s position</translation>
    </message>
    <message>
        <source>米</source>
        <translation>m</translation>
    </message>
    <message>
        <source>车宽</source>
        <translation>Width</translation>
    </message>
    <message>
        <source>车长</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>车高</source>
        <translation>Height</translation>
    </message>
    <message>
        <source>载重</source>
        <translation>Load</translation>
    </message>
    <message>
        <source>载重、尺寸、驾驶员、位置，可不填</source>
        <translation>Load, size, driver, place: optional</translation>
    </message>
    <message>
        <source>驾驶员姓名</source>
        <translation>Driver&apos;s name</translation>
    </message>
</context>
<context>
    <name>MeasureStepper</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>不填%1</source>
        <translation>Clear %1</translation>
    </message>
    <message>
        <source>减少%1</source>
        <translation>Less %1</translation>
    </message>
    <message>
        <source>增加%1</source>
        <translation>More %1</translation>
    </message>
    <message>
        <source>未测</source>
        <translation>not set</translation>
    </message>
</context>
<context>
    <name>MessageAttached</name>
    <message>
        <source>移除这条语音</source>
        <translation>Remove this voice note</translation>
    </message>
</context>
<context>
    <name>MessageBubble</name>
    <message>
        <source>%1 已读</source>
        <translation>read by %1</translation>
    </message>
    <message>
        <source>%1 张照片</source>
        <translation>Photos: %1</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>delivered</translation>
    </message>
    <message>
        <source>未送达</source>
        <translation>not delivered</translation>
    </message>
    <message>
        <source>正在发送</source>
        <translation>sending</translation>
    </message>
    <message>
        <source>等待发送</source>
        <translation>waiting</translation>
    </message>
    <message>
        <source>语音 %1</source>
        <translation>Voice note %1</translation>
    </message>
</context>
<context>
    <name>MessagePhotos</name>
    <message>
        <source>取照片</source>
        <translation>Get it</translation>
    </message>
</context>
<context>
    <name>MessageThread</name>
    <message>
        <source>更早的消息</source>
        <translation>Earlier messages</translation>
    </message>
    <message>
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>选一个案件看消息</source>
        <translation>Choose a case to see its messages</translation>
    </message>
</context>
<context>
    <name>MessageWriting</name>
    <message>
        <source>从文件导入照片</source>
        <translation>Import a photo from a file</translation>
    </message>
    <message>
        <source>写给指挥中心</source>
        <translation>Write to command</translation>
    </message>
    <message>
        <source>发送</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>录一条语音</source>
        <translation>Record a voice note</translation>
    </message>
    <message>
        <source>拍照发送</source>
        <translation>Take a photo to send</translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>%1 条未读</source>
        <translation>%1 unread</translation>
    </message>
    <message>
        <source>与指挥中心按案件沟通，离线可写</source>
        <translation>Talk to command case by case, offline too</translation>
    </message>
    <message>
        <source>在“我的上报”或任务里打开案件，可以给指挥中心留言</source>
        <translation>Open a case under My reports or Tasks to write to command</translation>
    </message>
    <message>
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>照片 (*.jpg *.jpeg *.png *.heic *.heif)</source>
        <translation>Photos (*.jpg *.jpeg *.png *.heic *.heif)</translation>
    </message>
    <message>
        <source>还没有消息</source>
        <translation>No messages yet</translation>
    </message>
    <message>
        <source>选择照片</source>
        <translation>Choose photos</translation>
    </message>
</context>
<context>
    <name>MessagesViewModel</name>
    <message>
        <source>[照片或语音]</source>
        <translation>[photo or voice note]</translation>
    </message>
</context>
<context>
    <name>Outbox</name>
    <message>
        <source>下次自动尝试 %1</source>
        <translation>Tried again by itself at %1</translation>
    </message>
    <message>
        <source>下次自动尝试 %1，网络恢复后立即发送</source>
        <translation>Next try at %1, or at once when the network returns</translation>
    </message>
    <message>
        <source>内容已保留。处理原因后请重试</source>
        <translation>It is kept. See to the reason, then try again</translation>
    </message>
    <message>
        <source>内容已保留。更正后再发，或处理原因后重试</source>
        <translation>Nothing is lost. Correct it and send it again, or try again when the reason is gone</translation>
    </message>
    <message>
        <source>即将自动发送</source>
        <translation>Will be sent in a moment</translation>
    </message>
    <message>
        <source>已开始发送全部待发内容</source>
        <translation>Sending everything that waits</translation>
    </message>
    <message>
        <source>已更正，作为新记录发送；本条和拒收原因留在本机</source>
        <translation>Corrected and sent as a new record; this one stays here with the reason why it was refused</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>恢复发送后自动继续</source>
        <translation>Goes on when sending is resumed</translation>
    </message>
    <message>
        <source>您已知晓；这一步和原因留在本机和服务器</source>
        <translation>You have read why; what you did and the reason stay here and on the server</translation>
    </message>
    <message>
        <source>排队中，小的先发</source>
        <translation>In line; small ones go first</translation>
    </message>
    <message>
        <source>服务器已签收记录和全部照片</source>
        <translation>The server has the record and all its photos</translation>
    </message>
    <message>
        <source>未选类别</source>
        <translation>No class chosen</translation>
    </message>
    <message>
        <source>条件满足后自动发送，也可以立即发送</source>
        <translation>Goes by itself when that changes; you can also send it now</translation>
    </message>
    <message>
        <source>正在发送</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>正在发送 %1%</source>
        <translation>Sending, %1%</translation>
    </message>
    <message>
        <source>正在重试。现在连不上服务器，一连上就会全部发送</source>
        <translation>Trying again. The server cannot be reached now; everything goes as soon as it can</translation>
    </message>
    <message>
        <source>登录后自动发送</source>
        <translation>Will be sent after sign-in</translation>
    </message>
    <message>
        <source>等待网络</source>
        <translation>Waits for the network</translation>
    </message>
    <message>
        <source>等记录先送达</source>
        <translation>Waits for the record, which goes first</translation>
    </message>
    <message>
        <source>网络恢复后自动发送</source>
        <translation>Will be sent when the network returns</translation>
    </message>
    <message>
        <source>草稿只在本机，提交后才会发送</source>
        <translation>A draft stays on this tablet until you submit it</translation>
    </message>
    <message>
        <source>问题解决后自动发送</source>
        <translation>Will be sent once this is solved</translation>
    </message>
</context>
<context>
    <name>OutboxItem</name>
    <message>
        <source>已撤回</source>
        <translation>withdrawn</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>OutboxPage</name>
    <message>
        <source>上报和任务操作保存后会出现在这里，并自动发送。</source>
        <translation>Reports and task steps appear here once saved, and are sent by themselves.</translation>
    </message>
    <message>
        <source>上次联系服务器 %1</source>
        <translation>Server last heard at %1</translation>
    </message>
    <message>
        <source>全部 %1</source>
        <translation>All %1</translation>
    </message>
    <message>
        <source>全部已送达</source>
        <translation>Everything is delivered</translation>
    </message>
    <message>
        <source>发件箱</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>已送达 %1</source>
        <translation>Delivered %1</translation>
    </message>
    <message>
        <source>待发送 %1</source>
        <translation>To send %1</translation>
    </message>
    <message>
        <source>没有待发送的内容</source>
        <translation>Nothing waits to be sent</translation>
    </message>
    <message>
        <source>没有需要处理的记录</source>
        <translation>Nothing needs you</translation>
    </message>
    <message>
        <source>立即发送</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>还没有记录</source>
        <translation>No records yet</translation>
    </message>
    <message>
        <source>还没有送达的记录</source>
        <translation>Nothing delivered yet</translation>
    </message>
    <message>
        <source>需要处理 %1</source>
        <translation>Needs you %1</translation>
    </message>
</context>
<context>
    <name>OutboxSheet</name>
    <message>
        <source>保留</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>先发记录，再发缩略图，最后发原图；一项受阻不影响其他</source>
        <translation>The record goes first, then thumbnails, originals last; one that is held up holds up no other</translation>
    </message>
    <message>
        <source>内容指纹</source>
        <translation>Fingerprint</translation>
    </message>
    <message>
        <source>回执</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>撤回这条记录？</source>
        <translation>Take this record back?</translation>
    </message>
    <message>
        <source>救援导出</source>
        <translation>Rescue file</translation>
    </message>
    <message>
        <source>更正后再发</source>
        <translation>Correct and send</translation>
    </message>
    <message>
        <source>服务器收到撤回后，这条记录作废；双方都会留痕。</source>
        <translation>Once the server has the withdrawal, the record is void; both sides keep a trace.</translation>
    </message>
    <message>
        <source>短编号</source>
        <translation>Short number</translation>
    </message>
    <message>
        <source>立即发送</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>记录和照片</source>
        <translation>Record and photos</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>还没有开始发送的，会变回草稿；已经开始发送的，会补发一条撤回。</source>
        <translation>If it has not begun to go, it is a draft again; if it has, a withdrawal follows it.</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>PatrolCard</name>
    <message>
        <source>%1 公里</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 分钟</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 开始</source>
        <translation>Begun %1</translation>
    </message>
    <message>
        <source>%1 次，中断处不连线</source>
        <translation>%1, not joined by a line</translation>
    </message>
    <message>
        <source>上次巡查（%1）</source>
        <translation>Last patrol (%1)</translation>
    </message>
    <message>
        <source>中断</source>
        <translation>Gaps</translation>
    </message>
    <message>
        <source>在地图上看</source>
        <translation>See it on the map</translation>
    </message>
    <message>
        <source>巡查中</source>
        <translation>On patrol</translation>
    </message>
    <message>
        <source>巡查已暂停</source>
        <translation>Patrol paused</translation>
    </message>
    <message>
        <source>开始后记录轨迹，随时可以暂停或结束</source>
        <translation>Records the track once begun; pause or end it at any time</translation>
    </message>
    <message>
        <source>开始巡查</source>
        <translation>Start the patrol</translation>
    </message>
    <message>
        <source>接着巡查</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>时长</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>暂停</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>未在巡查</source>
        <translation>Not on patrol</translation>
    </message>
    <message>
        <source>没有足够准确的定位，此时的路程不计入轨迹。到开阔处会自动接着记录。</source>
        <translation>No position is accurate enough: the way walked now does not count. Recording goes on by itself in the open.</translation>
    </message>
    <message>
        <source>结束巡查</source>
        <translation>End the patrol</translation>
    </message>
    <message>
        <source>结束这次巡查？</source>
        <translation>End this patrol?</translation>
    </message>
    <message>
        <source>继续巡查</source>
        <translation>Go on with the patrol</translation>
    </message>
    <message>
        <source>责任网格</source>
        <translation>Own grid</translation>
    </message>
    <message>
        <source>走过 %1 个，共 %2 个单元网格（%3%）</source>
        <translation>%1 of %2 cells walked (%3%)</translation>
    </message>
    <message>
        <source>走过单元网格后显示</source>
        <translation>Shown once a cell was walked</translation>
    </message>
    <message>
        <source>轨迹会保存并发送。之后可以另外开始一次。</source>
        <translation>The track is kept and sent. Another one can be started afterwards.</translation>
    </message>
    <message>
        <source>轨迹经过抽稀，误差不超过 25 米；精度差的定位不计入；轨迹只发送到本市服务器。</source>
        <translation>The track is thinned to within 25 m; positions of poor accuracy do not count; it goes to the city&apos;s own server only.</translation>
    </message>
    <message>
        <source>里程</source>
        <translation>Distance</translation>
    </message>
</context>
<context>
    <name>PatrolPage</name>
    <message>
        <source>只在值勤时由本人开始，退出登录即结束</source>
        <translation>Begun by yourself, on duty only; ends when you sign out</translation>
    </message>
    <message>
        <source>巡查</source>
        <translation>Patrol</translation>
    </message>
</context>
<context>
    <name>PermitCard</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>下列内容不可信。请查车并登记违法行为。</source>
        <translation>Do not trust what it says below. Look up the truck and record the violation.</translation>
    </message>
    <message>
        <source>与登记不同</source>
        <translation>Differs from the records</translation>
    </message>
    <message>
        <source>二维码与登记一致。请核对车上的号牌。</source>
        <translation>The QR agrees with the records. Compare the plate on the truck.</translation>
    </message>
    <message>
        <source>以登记为准，请查车看现在的情况。</source>
        <translation>The records count: look up the truck as it stands now.</translation>
    </message>
    <message>
        <source>企业</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>伪造：不是本市签发</source>
        <translation>Forged: not signed by this city</translation>
    </message>
    <message>
        <source>准运证号</source>
        <translation>Permit number</translation>
    </message>
    <message>
        <source>可能是新发的证，本机数据还没有。请同步后再查。</source>
        <translation>It may be newer than the data here. Sync, then check again.</translation>
    </message>
    <message>
        <source>号牌</source>
        <translation>Plate</translation>
    </message>
    <message>
        <source>号牌 %1</source>
        <translation>Plate %1</translation>
    </message>
    <message>
        <source>吊销原因</source>
        <translation>Reason of revocation</translation>
    </message>
    <message>
        <source>工地</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>截止日</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>数据截至</source>
        <translation>Data as of</translation>
    </message>
    <message>
        <source>日期种类</source>
        <translation>Kinds of day</translation>
    </message>
    <message>
        <source>时段</source>
        <translation>Hours</translation>
    </message>
    <message>
        <source>是否已被吊销无法确定。请同步后再查，或向指挥中心核实。</source>
        <translation>Whether it was revoked since cannot be told. Sync and check again, or ask the command centre.</translation>
    </message>
    <message>
        <source>有效期</source>
        <translation>Valid</translation>
    </message>
    <message>
        <source>核准方量</source>
        <translation>Approved volume</translation>
    </message>
    <message>
        <source>涂改：签发后内容被改</source>
        <translation>Altered after it was signed</translation>
    </message>
    <message>
        <source>消纳场</source>
        <translation>Disposal site</translation>
    </message>
    <message>
        <source>真实有效</source>
        <translation>Genuine and in force</translation>
    </message>
    <message>
        <source>真实，但尚未生效</source>
        <translation>Genuine, but not yet in force</translation>
    </message>
    <message>
        <source>真实，但已到期或用完</source>
        <translation>Genuine, but expired or used up</translation>
    </message>
    <message>
        <source>真实，但本机数据过旧</source>
        <translation>Genuine, but the data here is too old</translation>
    </message>
    <message>
        <source>真实，但本机没有这张证</source>
        <translation>Genuine, but not in the data here</translation>
    </message>
    <message>
        <source>真实，但登记已变更</source>
        <translation>Genuine, but the records have changed</translation>
    </message>
    <message>
        <source>签发后已吊销</source>
        <translation>Revoked since it was signed</translation>
    </message>
    <message>
        <source>起始日</source>
        <translation>First day</translation>
    </message>
    <message>
        <source>起止地点</source>
        <translation>From and to</translation>
    </message>
    <message>
        <source>路线</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Project</translation>
    </message>
</context>
<context>
    <name>PermitSheet</name>
    <message>
        <source>%1 至 %2</source>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>企业</source>
        <translation>Company</translation>
    </message>
    <message>
        <source>信用代码</source>
        <translation>Credit code</translation>
    </message>
    <message>
        <source>吊销原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>工地</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>已用 %1 / %2 立方米</source>
        <translation>%1 of %2 m³ used</translation>
    </message>
    <message>
        <source>有效期</source>
        <translation>Valid</translation>
    </message>
    <message>
        <source>查看企业</source>
        <translation>Show the company</translation>
    </message>
    <message>
        <source>核准方量</source>
        <translation>Approved volume</translation>
    </message>
    <message>
        <source>核准路线示意</source>
        <translation>Sketch of the approved route</translation>
    </message>
    <message>
        <source>消纳场</source>
        <translation>Disposal site</translation>
    </message>
    <message>
        <source>登记状态</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>通行时段</source>
        <translation>Daily hours</translation>
    </message>
</context>
<context>
    <name>PhotoDeskViewModel</name>
    <message>
        <source>找到 %1 处车牌，请核对</source>
        <translation>Plates found: %1; please check</translation>
    </message>
</context>
<context>
    <name>PhotoSection</name>
    <message>
        <source>%1 张照片尚未保存</source>
        <translation>Photos not saved yet: %1</translation>
    </message>
    <message>
        <source>%1 张，均已保存在本机</source>
        <translation>%1, all saved on this tablet</translation>
    </message>
    <message>
        <source>可不拍照，只写说明也行</source>
        <translation>A photo is not needed: a note alone will do</translation>
    </message>
    <message>
        <source>导入</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>已移除 1 张照片</source>
        <translation>1 photo removed</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Resumed</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>照片暂存在内存中，请先不要关闭应用。</source>
        <translation>The photos are in memory only: please do not close the app yet.</translation>
    </message>
    <message>
        <source>至少一张，拍照或导入</source>
        <translation>At least one, taken or imported</translation>
    </message>
    <message>
        <source>重新保存</source>
        <translation>Save again</translation>
    </message>
</context>
<context>
    <name>PhotoWays</name>
    <message>
        <source>原图</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>水印图</source>
        <translation>Stamped</translation>
    </message>
    <message>
        <source>缩略图</source>
        <translation>Thumbnail</translation>
    </message>
</context>
<context>
    <name>PinBar</name>
    <message>
        <source>%1，城市网格之外</source>
        <translation>%1, outside the city&apos;s grid</translation>
    </message>
    <message>
        <source>%1，网格 %2</source>
        <translation>%1, cell %2</translation>
    </message>
    <message>
        <source>也可以移动地图，再放在十字中心。</source>
        <translation>Or move the map and use the cross in the middle.</translation>
    </message>
    <message>
        <source>位置放在这里？</source>
        <translation>Is this the place?</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>放在中心</source>
        <translation>Use the middle</translation>
    </message>
    <message>
        <source>点一下地图，放置位置</source>
        <translation>Tap the map to set the place</translation>
    </message>
    <message>
        <source>用这个位置</source>
        <translation>Use this place</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
</context>
<context>
    <name>PlaceCard</name>
    <message>
        <source>%1 件</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>%1（我）</source>
        <translation>%1 (me)</translation>
    </message>
    <message>
        <source>%1，%2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1，已超时</source>
        <translation>%1, overdue</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Grid cell</translation>
    </message>
    <message>
        <source>去这里</source>
        <translation>Go there</translation>
    </message>
    <message>
        <source>在办案件</source>
        <translation>Open cases</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>城市网格之外</source>
        <translation>outside the city&apos;s grid</translation>
    </message>
    <message>
        <source>处置人</source>
        <translation>Handled by</translation>
    </message>
    <message>
        <source>工地</source>
        <translation>Construction site</translation>
    </message>
    <message>
        <source>开始检查</source>
        <translation>Begin a visit</translation>
    </message>
    <message>
        <source>我的上报 · %1</source>
        <translation>My report · %1</translation>
    </message>
    <message>
        <source>打开上报</source>
        <translation>Open report</translation>
    </message>
    <message>
        <source>打开任务</source>
        <translation>Open task</translation>
    </message>
    <message>
        <source>打开预警</source>
        <translation>Open alert</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>格内工地</source>
        <translation>Sites here</translation>
    </message>
    <message>
        <source>案件 · %1</source>
        <translation>Case · %1</translation>
    </message>
    <message>
        <source>消纳场</source>
        <translation>Disposal site</translation>
    </message>
    <message>
        <source>网格编码</source>
        <translation>Cell code</translation>
    </message>
    <message>
        <source>街道社区</source>
        <translation>District</translation>
    </message>
    <message>
        <source>距我</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>车辆</source>
        <translation>Truck</translation>
    </message>
    <message>
        <source>预警 · %1 · %2</source>
        <translation>Alert · %1 · %2</translation>
    </message>
</context>
<context>
    <name>PlaceSection</name>
    <message>
        <source>人工标注</source>
        <translation>Set by hand</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Grid cell</translation>
    </message>
    <message>
        <source>卫星定位</source>
        <translation>Satellite fix</translation>
    </message>
    <message>
        <source>可以先提交；标出位置便于派遣</source>
        <translation>You may submit as it is; a position helps dispatching</translation>
    </message>
    <message>
        <source>回放定位</source>
        <translation>Replayed fix</translation>
    </message>
    <message>
        <source>地图标点</source>
        <translation>Pin on map</translation>
    </message>
    <message>
        <source>地点描述</source>
        <translation>Description of the place</translation>
    </message>
    <message>
        <source>城市范围外</source>
        <translation>Outside the city</translation>
    </message>
    <message>
        <source>尚无位置</source>
        <translation>No position yet</translation>
    </message>
    <message>
        <source>已过时</source>
        <translation>old</translation>
    </message>
    <message>
        <source>当前定位</source>
        <translation>Current position</translation>
    </message>
    <message>
        <source>拍照时自动记录拍摄位置</source>
        <translation>Taken from where the photo is taken</translation>
    </message>
    <message>
        <source>按此位置不在任何网格内，仍可上报。</source>
        <translation>This position lies in no grid cell; you may report all the same.</translation>
    </message>
    <message>
        <source>未定位</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>本市没有这个网格，请核对。</source>
        <translation>This city has no such grid cell: please check.</translation>
    </message>
    <message>
        <source>照片位置</source>
        <translation>Photo&apos;s place</translation>
    </message>
    <message>
        <source>照片自带位置</source>
        <translation>From the photo</translation>
    </message>
    <message>
        <source>等待拍照</source>
        <translation>Waiting for a photo</translation>
    </message>
    <message>
        <source>路名、门牌或附近标志物</source>
        <translation>Road, number or landmark</translation>
    </message>
    <message>
        <source>输入坐标</source>
        <translation>Type coordinates</translation>
    </message>
</context>
<context>
    <name>PlateCard</name>
    <message>
        <source>有的字看不清，请与画面逐字核对。</source>
        <translation>Some characters were unclear: compare each with the picture.</translation>
    </message>
    <message>
        <source>请与画面逐字核对。</source>
        <translation>Compare it with the picture, character by character.</translation>
    </message>
    <message>
        <source>车牌画面</source>
        <translation>Picture of the plate</translation>
    </message>
    <message>
        <source>这不像完整的车牌，请改正或重拍。</source>
        <translation>This is not a whole plate: correct it or try again.</translation>
    </message>
</context>
<context>
    <name>PlateReader</name>
    <message>
        <source>扫准运证</source>
        <translation>Scan permit</translation>
    </message>
    <message>
        <source>拍车牌</source>
        <translation>Read plate</translation>
    </message>
</context>
<context>
    <name>PositionChip</name>
    <message>
        <source>回放</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>定位一般</source>
        <translation>Position: fair</translation>
    </message>
    <message>
        <source>定位已过时</source>
        <translation>Position: old</translation>
    </message>
    <message>
        <source>定位精度差</source>
        <translation>Position: poor</translation>
    </message>
    <message>
        <source>定位良好</source>
        <translation>Position: good</translation>
    </message>
    <message>
        <source>无定位</source>
        <translation>No position</translation>
    </message>
</context>
<context>
    <name>RatingCode</name>
    <message>
        <source>评价二维码</source>
        <translation>Rating code</translation>
    </message>
</context>
<context>
    <name>ReaderSheet</name>
    <message>
        <source>二维码里有服务器地址和一次性注册码。</source>
        <translation>The QR holds the server address and the one-time code.</translation>
    </message>
    <message>
        <source>取景画面</source>
        <translation>Viewfinder</translation>
    </message>
    <message>
        <source>可以读图片，或手工输入。</source>
        <translation>Read a picture instead, or type it.</translation>
    </message>
    <message>
        <source>图片只在本机读取，不会保存。</source>
        <translation>The picture is read on this tablet and not kept.</translation>
    </message>
    <message>
        <source>在本机识别，不上传；由您确认后才使用。</source>
        <translation>Read on this tablet, nothing is uploaded; used only once you confirm.</translation>
    </message>
    <message>
        <source>就是它，查车</source>
        <translation>That is it: look up</translation>
    </message>
    <message>
        <source>扫描注册二维码</source>
        <translation>Scan enrolment QR</translation>
    </message>
    <message>
        <source>拍照识别车牌</source>
        <translation>Read a plate by camera</translation>
    </message>
    <message>
        <source>改正车牌</source>
        <translation>Correct the plate</translation>
    </message>
    <message>
        <source>查这辆车</source>
        <translation>Look up this truck</translation>
    </message>
    <message>
        <source>核验准运证二维码</source>
        <translation>Check a permit QR</translation>
    </message>
    <message>
        <source>用本机保存的公钥核验，没有网络也能查。</source>
        <translation>Checked with the key kept on this tablet, offline too.</translation>
    </message>
    <message>
        <source>识别</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>读图片</source>
        <translation>From a picture</translation>
    </message>
    <message>
        <source>选择图片</source>
        <translation>Choose a picture</translation>
    </message>
    <message>
        <source>重来</source>
        <translation>Again</translation>
    </message>
</context>
<context>
    <name>ReasonCard</name>
    <message>
        <source>原因和下一步</source>
        <translation>Why, and what to do</translation>
    </message>
    <message>
        <source>在地图上选点</source>
        <translation>Set a pin on the map</translation>
    </message>
    <message>
        <source>核对结果</source>
        <translation>What was checked</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>1 天</source>
        <translation>1 day</translation>
    </message>
    <message>
        <source>2 天</source>
        <translation>2 days</translation>
    </message>
    <message>
        <source>4 小时</source>
        <translation>4 hours</translation>
    </message>
    <message>
        <source>5 天</source>
        <translation>5 days</translation>
    </message>
    <message>
        <source>延长多久（工作时间）</source>
        <translation>How much longer (working time)</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>确认到场</source>
        <translation>Record arrival</translation>
    </message>
    <message>
        <source>距案件位置 %1，请说明原因；不写也可以到场。</source>
        <translation>%1 from the case&apos;s place: please say why. You can arrive without it, too.</translation>
    </message>
</context>
<context>
    <name>RecordingBar</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>录好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>正在录音 %1，最长 1 分钟</source>
        <translation>Recording %1, 1 minute at most</translation>
    </message>
</context>
<context>
    <name>ReportDetail</name>
    <message>
        <source>发消息</source>
        <translation>Write a message</translation>
    </message>
    <message>
        <source>地点</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>总结</source>
        <translation>What was learned</translation>
    </message>
    <message>
        <source>打开案件</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>服务器收到并回传后，这里显示进展；发送情况见发件箱。</source>
        <translation>What becomes of it shows here once the server has it; the outbox says how far it has got.</translation>
    </message>
    <message>
        <source>自行处理或撤回</source>
        <translation>Handle or take back</translation>
    </message>
    <message>
        <source>补充照片或更正</source>
        <translation>Add a photo or a correction</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>车牌</source>
        <translation>Plate</translation>
    </message>
    <message>
        <source>还在本机</source>
        <translation>Still on this tablet</translation>
    </message>
    <message>
        <source>进展</source>
        <translation>What became of it</translation>
    </message>
    <message>
        <source>选一条上报看进展</source>
        <translation>Choose a report to see what became of it</translation>
    </message>
</context>
<context>
    <name>ReportPane</name>
    <message>
        <source>%1 / %2 字</source>
        <translation>%1 / %2 characters</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>不像完整的车牌，请核对；遮挡的车牌可照写。</source>
        <translation>Not a complete plate: please check. A covered plate may be written as seen.</translation>
    </message>
    <message>
        <source>另起一份</source>
        <translation>Start another</translation>
    </message>
    <message>
        <source>如 粤BD12345，看不清可只写一部分</source>
        <translation>e.g. 粤BD12345; a part will do</translation>
    </message>
    <message>
        <source>情况说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>改为新上报</source>
        <translation>Make it a report of its own</translation>
    </message>
    <message>
        <source>查车结论和依据随本上报一并保存。</source>
        <translation>The verdict and what it rests on are saved with this report.</translation>
    </message>
    <message>
        <source>涉及车辆（选填）</source>
        <translation>Vehicle (optional)</translation>
    </message>
    <message>
        <source>照片、说明都会加到该案件，不另立一起。</source>
        <translation>Photos and note go to that case; no other is opened.</translation>
    </message>
    <message>
        <source>看到了什么、在哪里、有多严重</source>
        <translation>What you see, where, how serious</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>草稿自动保存</source>
        <translation>Drafts keep themselves</translation>
    </message>
    <message>
        <source>补充到案件 %1</source>
        <translation>Adding to case %1</translation>
    </message>
    <message>
        <source>返回取景</source>
        <translation>Back to the viewfinder</translation>
    </message>
</context>
<context>
    <name>ReportRow</name>
    <message>
        <source>待立案</source>
        <translation>Not opened yet</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>上报的问题会留在这里，随时可查进展</source>
        <translation>What you report stays here, with what became of it</translation>
    </message>
    <message>
        <source>我的上报</source>
        <translation>My reports</translation>
    </message>
    <message>
        <source>换个词，或清空后看全部</source>
        <translation>Try another word, or clear it to see all</translation>
    </message>
    <message>
        <source>本人上报过的全部问题和进展，离线可查</source>
        <translation>All you have reported and what became of it, offline too</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>说明、地点、车牌、类别或编号</source>
        <translation>Note, place, plate, class or number</translation>
    </message>
    <message>
        <source>还没有上报过</source>
        <translation>Nothing reported yet</translation>
    </message>
</context>
<context>
    <name>Rescue</name>
    <message>
        <source>%1 条记录、%2 份草稿、%3 个照片文件，共 %4</source>
        <translation>Records: %1, drafts: %2, photo files: %3; %4 in all</translation>
    </message>
    <message>
        <source>本机全部内容，含 %1 个照片文件，共 %2</source>
        <translation>All that lies here, %1 photo files among it, %2</translation>
    </message>
</context>
<context>
    <name>RescueSheet</name>
    <message>
        <source>保存到</source>
        <translation>Save to</translation>
    </message>
    <message>
        <source>全部内容都已送达服务器，没有需要导出的。</source>
        <translation>Everything is with the server; there is nothing to rescue.</translation>
    </message>
    <message>
        <source>其他文件夹…</source>
        <translation>Another folder…</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>将写入的内容</source>
        <translation>What goes into it</translation>
    </message>
    <message>
        <source>已写入</source>
        <translation>Written</translation>
    </message>
    <message>
        <source>开始导出</source>
        <translation>Write the file</translation>
    </message>
    <message>
        <source>把还没有送达的全部内容写进一个加密文件，只有本市的服务器能读。交给管理员导入即可，重复导入也不会重复；本机内容不会删除。</source>
        <translation>Writes everything that has not gone into one encrypted file that only your city&apos;s server can read. Give it to your administrator; taken in twice, it still counts once. Nothing is deleted here.</translation>
    </message>
    <message>
        <source>指纹（SHA-256）</source>
        <translation>Fingerprint (SHA-256)</translation>
    </message>
    <message>
        <source>救援导出</source>
        <translation>Rescue file</translation>
    </message>
    <message>
        <source>文件</source>
        <translation>File</translation>
    </message>
    <message>
        <source>文件夹，例如 U 盘</source>
        <translation>A folder, such as a USB stick</translation>
    </message>
    <message>
        <source>服务器长期连不上，或平板要送修时使用</source>
        <translation>For when the server stays out of reach, or the tablet goes to repair</translation>
    </message>
    <message>
        <source>本机全部内容</source>
        <translation>All that is on this tablet</translation>
    </message>
    <message>
        <source>正在写入，请不要拔出存储设备</source>
        <translation>Writing; do not unplug the drive</translation>
    </message>
    <message>
        <source>照片文件</source>
        <translation>Photo files</translation>
    </message>
    <message>
        <source>现在无法打开本机数据，因此把全部内容按原样（仍是加密的）写入。由服务器打开，只导入还没有送达的部分。</source>
        <translation>This tablet&apos;s data cannot be opened now, so all of it goes in as it lies, still encrypted. The server opens it and takes in only what it does not have.</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>请把文件交给管理员，导入后内容就在服务器上。核对时念这个指纹。</source>
        <translation>Give the file to your administrator; once taken in, its content is on the server. Read out the fingerprint to compare.</translation>
    </message>
</context>
<context>
    <name>Roles</name>
    <message>
        <source>值班长</source>
        <translation>Duty chief</translation>
    </message>
    <message>
        <source>处置人员</source>
        <translation>Handler</translation>
    </message>
    <message>
        <source>执法人员</source>
        <translation>Inspector</translation>
    </message>
    <message>
        <source>派遣员</source>
        <translation>Dispatcher</translation>
    </message>
    <message>
        <source>网格员</source>
        <translation>Grid worker</translation>
    </message>
    <message>
        <source>领导</source>
        <translation>Leader</translation>
    </message>
</context>
<context>
    <name>SafetyCard</name>
    <message>
        <source>NMEA：tcp://主机:端口，或文件路径（回放，会注明）</source>
        <translation>NMEA: tcp://host:port, or a file (replayed, and marked so)</translation>
    </message>
    <message>
        <source>串口</source>
        <translation>Serial port</translation>
    </message>
    <message>
        <source>使用此来源</source>
        <translation>Use this source</translation>
    </message>
    <message>
        <source>外接</source>
        <translation>External</translation>
    </message>
    <message>
        <source>安全与定位</source>
        <translation>Security and position</translation>
    </message>
    <message>
        <source>定位来源</source>
        <translation>Position source</translation>
    </message>
    <message>
        <source>接收机地址或记录文件</source>
        <translation>Receiver address or recording</translation>
    </message>
    <message>
        <source>无操作多久后锁屏（分钟）</source>
        <translation>Lock when idle (minutes)</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>This device</translation>
    </message>
</context>
<context>
    <name>SameCaseCard</name>
    <message>
        <source>不是同一件</source>
        <translation>Something else</translation>
    </message>
    <message>
        <source>可能已经上报过</source>
        <translation>This may already be reported</translation>
    </message>
    <message>
        <source>可能已经上报过（%1/%2）</source>
        <translation>This may already be reported (%1/%2)</translation>
    </message>
    <message>
        <source>同一网格</source>
        <translation>same grid cell</translation>
    </message>
    <message>
        <source>就在此处</source>
        <translation>right here</translation>
    </message>
    <message>
        <source>本机未送达</source>
        <translation>waiting on this tablet</translation>
    </message>
    <message>
        <source>照片和说明补充到案件 %1，不另立一起</source>
        <translation>Adds photos and note to case %1 instead of filing another</translation>
    </message>
    <message>
        <source>照片相似</source>
        <translation>photos look alike</translation>
    </message>
    <message>
        <source>看下一起</source>
        <translation>Show the next</translation>
    </message>
    <message>
        <source>约 %1 米</source>
        <translation>about %1 m</translation>
    </message>
    <message>
        <source>补充到此案</source>
        <translation>Add to this case</translation>
    </message>
</context>
<context>
    <name>Sending</name>
    <message>
        <source>%1%，使用电池</source>
        <translation>%1%, on battery</translation>
    </message>
    <message>
        <source>%1%，正在充电</source>
        <translation>%1%, charging</translation>
    </message>
    <message>
        <source>没有电池或无法得知</source>
        <translation>No battery, or not known</translation>
    </message>
    <message>
        <source>没有网络连接</source>
        <translation>No network connection</translation>
    </message>
    <message>
        <source>移动网络</source>
        <translation>Mobile network</translation>
    </message>
    <message>
        <source>网线</source>
        <translation>Cable</translation>
    </message>
    <message>
        <source>网络</source>
        <translation>Network</translation>
    </message>
</context>
<context>
    <name>SendingCard</name>
    <message>
        <source>上次联系</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>不等</source>
        <translation>Never</translation>
    </message>
    <message>
        <source>不计流量</source>
        <translation>Not metered</translation>
    </message>
    <message>
        <source>仅 Wi-Fi</source>
        <translation>Wi-Fi only</translation>
    </message>
    <message>
        <source>仅记录</source>
        <translation>Records only</translation>
    </message>
    <message>
        <source>任何网络</source>
        <translation>Any network</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>Everything</translation>
    </message>
    <message>
        <source>原图在什么网络下发送</source>
        <translation>Originals go over</translation>
    </message>
    <message>
        <source>发送</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>当前网络</source>
        <translation>Network now</translation>
    </message>
    <message>
        <source>暂停发送</source>
        <translation>Pause sending</translation>
    </message>
    <message>
        <source>没有待发送的内容</source>
        <translation>Nothing waits to be sent</translation>
    </message>
    <message>
        <source>照片送达后在本机保留（天）</source>
        <translation>Days a delivered photo stays on this tablet</translation>
    </message>
    <message>
        <source>电池</source>
        <translation>Battery</translation>
    </message>
    <message>
        <source>省流量：计流量的网络上发什么</source>
        <translation>Data saver: what goes over a metered network</translation>
    </message>
    <message>
        <source>省电：电量低于多少时照片等待充电</source>
        <translation>Battery saver: photos wait for charging below</translation>
    </message>
    <message>
        <source>立即发送</source>
        <translation>Send now</translation>
    </message>
    <message>
        <source>记录和照片都留在本机，恢复后自动继续</source>
        <translation>Records and photos stay here and go on once resumed</translation>
    </message>
    <message>
        <source>记录和缩略图</source>
        <translation>Records, thumbnails</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>None yet</translation>
    </message>
</context>
<context>
    <name>SerialChoice</name>
    <message>
        <source>串口</source>
        <translation>Serial port</translation>
    </message>
    <message>
        <source>使用此串口</source>
        <translation>Use this port</translation>
    </message>
    <message>
        <source>插上接收机后，从下面选，或直接填写</source>
        <translation>Plug the receiver in, then choose below or type it</translation>
    </message>
    <message>
        <source>波特率（说明书上有，常见 9600）</source>
        <translation>Speed in baud (in its manual, often 9600)</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>%1 个文件，%2，可随时重新取</source>
        <translation>%1 file(s), %2, can be had again at any time</translation>
    </message>
    <message>
        <source>剩余 %1，约可再存 %2 张照片</source>
        <translation>%1 left, room for about %2 more photos</translation>
    </message>
    <message>
        <source>许可 %1 · 企业 %2 · 工地 %3 · 网格 %4</source>
        <translation>Permits %1 · companies %2 · sites %3 · grid cells %4</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>地图下面的底图，由城市服务器提供</source>
        <translation>The picture under the map, from the city server</translation>
    </message>
    <message>
        <source>开源许可</source>
        <translation>Open-source licences</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>把没有送达的内容写进一个加密文件，交给管理员导入</source>
        <translation>Writes what has not gone into one encrypted file for your administrator</translation>
    </message>
    <message>
        <source>救援导出</source>
        <translation>Rescue file</translation>
    </message>
    <message>
        <source>正在巡查：退出后巡查即结束，轨迹会保存。</source>
        <translation>A patrol is under way: signing out ends it, and its track is kept.</translation>
    </message>
    <message>
        <source>没有待发送的内容。草稿会保留在本机。</source>
        <translation>Nothing waits to be sent. Drafts stay on this tablet.</translation>
    </message>
    <message>
        <source>离线底图</source>
        <translation>Offline base map</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>还有 %1。内容会保留在本机，并继续自动发送。</source>
        <translation>Still to send: %1. It stays on this tablet and is sent by itself.</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>退出登录？</source>
        <translation>Sign out?</translation>
    </message>
    <message>
        <source>锁定屏幕</source>
        <translation>Lock screen</translation>
    </message>
</context>
<context>
    <name>ShiftCard</name>
    <message>
        <source>本班已检查，可以随时再看</source>
        <translation>Checked in this shift; can be looked at again</translation>
    </message>
    <message>
        <source>本班还没有检查</source>
        <translation>Not checked in this shift yet</translation>
    </message>
    <message>
        <source>检查平板</source>
        <translation>Check the tablet</translation>
    </message>
    <message>
        <source>班前检查</source>
        <translation>Shift check</translation>
    </message>
    <message>
        <source>电量、空间、时间、定位、摄像头、待发送、网络、城市数据。</source>
        <translation>Battery, space, time, position, camera, what waits, network and city data.</translation>
    </message>
</context>
<context>
    <name>ShiftSheet</name>
    <message>
        <source>%1 项需要注意</source>
        <translation>%1 to look at</translation>
    </message>
    <message>
        <source>一切正常</source>
        <translation>All is well</translation>
    </message>
    <message>
        <source>再检查一次</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>正在检查……</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>没有发现问题，%1 项无法得知</source>
        <translation>Nothing wrong found; %1 could not be told</translation>
    </message>
    <message>
        <source>班前检查</source>
        <translation>Shift check</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Seen</translation>
    </message>
    <message>
        <source>知道了，开始上班</source>
        <translation>Seen, start the shift</translation>
    </message>
</context>
<context>
    <name>ShutterButton</name>
    <message>
        <source>拍照</source>
        <translation>Take photo</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>人员编号</source>
        <translation>Officer number</translation>
    </message>
    <message>
        <source>如 %1</source>
        <translation>e.g. %1</translation>
    </message>
    <message>
        <source>救援导出</source>
        <translation>Rescue file</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>请输入 PIN 码</source>
        <translation>Enter your PIN</translation>
    </message>
</context>
<context>
    <name>SignSheet</name>
    <message>
        <source>用手指或笔在白色框内书写</source>
        <translation>Write in the white field with a finger or a pen</translation>
    </message>
    <message>
        <source>确认签名</source>
        <translation>This is my signature</translation>
    </message>
    <message>
        <source>签名框</source>
        <translation>Field for the signature</translation>
    </message>
    <message>
        <source>请当事人签名</source>
        <translation>The party signs here</translation>
    </message>
    <message>
        <source>请检查人签名</source>
        <translation>The officer signs here</translation>
    </message>
    <message>
        <source>重写</source>
        <translation>Start over</translation>
    </message>
</context>
<context>
    <name>SignatureBox</name>
    <message>
        <source>签名</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>重签</source>
        <translation>Sign again</translation>
    </message>
</context>
<context>
    <name>StartPane</name>
    <message>
        <source>本机还没有完整的数据</source>
        <translation>The data on this tablet is not complete yet</translation>
    </message>
    <message>
        <source>本班查过</source>
        <translation>Looked up in this shift</translation>
    </message>
    <message>
        <source>查不到不等于没有许可。联网后会自动取得数据。</source>
        <translation>Not found does not mean no permit. The data comes by itself once there is a network.</translation>
    </message>
    <message>
        <source>省份可以不输；全角、小写和间隔符都认得。也可以查企业名称或信用代码。</source>
        <translation>The province may be left out; full-width and lower-case letters are understood. Companies are found by name or credit code.</translation>
    </message>
    <message>
        <source>输入车牌，马上看到准运证</source>
        <translation>Type a plate and see its permit</translation>
    </message>
</context>
<context>
    <name>StuckDraft</name>
    <message>
        <source>内容仍保留在本机；不再需要时可以删除</source>
        <translation>It is kept on this device; delete it when it is not needed any more</translation>
    </message>
    <message>
        <source>写下的内容会从本机删除，不能恢复。</source>
        <translation>What you wrote is deleted from this device and cannot be restored.</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>删除草稿</source>
        <translation>Delete draft</translation>
    </message>
    <message>
        <source>删除这份草稿？</source>
        <translation>Delete this draft?</translation>
    </message>
    <message>
        <source>案件已改派给他人，这一步不能再提交</source>
        <translation>The case was given to someone else: this step cannot be submitted any more</translation>
    </message>
    <message>
        <source>案件现在不能做这一步</source>
        <translation>This step cannot be taken on the case now</translation>
    </message>
    <message>
        <source>说明和 %1 张照片会从本机删除，不能恢复。</source>
        <translation>The note and %1 photos are deleted from this device and cannot be restored.</translation>
    </message>
</context>
<context>
    <name>SubmitBar</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>提交后先存本机，有网络时自动发送</source>
        <translation>Saved on this tablet first, sent when there is a network</translation>
    </message>
    <message>
        <source>照片</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>照片或说明</source>
        <translation>photos or a note</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>补充</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>还需要：%1</source>
        <translation>Still needed: %1</translation>
    </message>
</context>
<context>
    <name>SuggestPane</name>
    <message>
        <source>以此开头</source>
        <translation>Begins with this</translation>
    </message>
    <message>
        <source>企业</source>
        <translation>Companies</translation>
    </message>
    <message>
        <source>其他省份</source>
        <translation>Other provinces</translation>
    </message>
    <message>
        <source>号牌由省份、字母和五至六位字母数字组成，不用字母 I 和 O。</source>
        <translation>A plate is a province, a letter, and five or six letters or digits; never I or O.</translation>
    </message>
    <message>
        <source>含有这几位</source>
        <translation>Contains these characters</translation>
    </message>
    <message>
        <source>完全一致</source>
        <translation>Exact match</translation>
    </message>
    <message>
        <source>容易看错的号牌，请对照实车</source>
        <translation>Look-alikes: compare with the truck</translation>
    </message>
    <message>
        <source>差一个字的号牌，请对照实车</source>
        <translation>One character off: compare with the truck</translation>
    </message>
    <message>
        <source>接着输入</source>
        <translation>Go on typing</translation>
    </message>
    <message>
        <source>数据里没有以此开头的号牌。</source>
        <translation>No plate in the data begins with this.</translation>
    </message>
    <message>
        <source>数据里没有这个号牌</source>
        <translation>This plate is not in the data</translation>
    </message>
    <message>
        <source>更多结果</source>
        <translation>More results</translation>
    </message>
    <message>
        <source>没有这样的企业</source>
        <translation>No such company</translation>
    </message>
    <message>
        <source>试试名称中间的几个字，或信用代码的开头。</source>
        <translation>Try some characters from the middle of its name, or the beginning of its credit code.</translation>
    </message>
    <message>
        <source>请对照实车。输入完整后按“查询”，可看到结论和数据时间。</source>
        <translation>Compare with the truck. When it is complete, press the search key for the answer and the age of the data.</translation>
    </message>
    <message>
        <source>这不像一个号牌</source>
        <translation>This is no plate</translation>
    </message>
</context>
<context>
    <name>SuggestSection</name>
    <message>
        <source>%1：%2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1：您选定的</source>
        <translation>%1: chosen by you</translation>
    </message>
    <message>
        <source>从全部单位里选，或不指定</source>
        <translation>Pick from all units, or name none</translation>
    </message>
    <message>
        <source>全市同类案件办过 %1 件</source>
        <translation>cases of this class in the city: %1</translation>
    </message>
    <message>
        <source>其他单位</source>
        <translation>Other units</translation>
    </message>
    <message>
        <source>可能的类别</source>
        <translation>Possible classes</translation>
    </message>
    <message>
        <source>您选定不指定单位，由派遣员决定</source>
        <translation>No unit, chosen by you: the dispatcher decides</translation>
    </message>
    <message>
        <source>本区同类案件办过 %1 件</source>
        <translation>cases of this class in this district: %1</translation>
    </message>
    <message>
        <source>本单元网格同类案件办过 %1 件</source>
        <translation>cases of this class in this cell: %1</translation>
    </message>
    <message>
        <source>本社区常见</source>
        <translation>usual in this community</translation>
    </message>
    <message>
        <source>本街道同类案件办过 %1 件</source>
        <translation>cases of this class in this street: %1</translation>
    </message>
    <message>
        <source>相近类别的案件办过 %1 件</source>
        <translation>cases of similar classes: %1</translation>
    </message>
    <message>
        <source>说明里提到</source>
        <translation>mentioned in the note</translation>
    </message>
    <message>
        <source>负责此处的这类问题</source>
        <translation>Answers for this kind of problem here</translation>
    </message>
    <message>
        <source>责任单位（建议，由派遣员决定）</source>
        <translation>Responsible unit (suggested; the dispatcher decides)</translation>
    </message>
    <message>
        <source>责任单位（由派遣员决定）</source>
        <translation>Responsible unit (the dispatcher decides)</translation>
    </message>
    <message>
        <source>附近 500 米同类案件办过 %1 件</source>
        <translation>cases of this class within 500 m: %1</translation>
    </message>
    <message>
        <source>附近相近类别的案件办过 %1 件</source>
        <translation>cases of similar classes nearby: %1</translation>
    </message>
</context>
<context>
    <name>SuggestionRow</name>
    <message>
        <source>%1 · %2 张许可</source>
        <translation>%1 · %2 permits</translation>
    </message>
</context>
<context>
    <name>TaskActions</name>
    <message>
        <source>撤回</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>撤回“%1”</source>
        <translation>Take back &quot;%1&quot;</translation>
    </message>
    <message>
        <source>撤回“%1”？</source>
        <translation>Take back &quot;%1&quot;?</translation>
    </message>
    <message>
        <source>案件回到这一步之前；办理记录中会写明已撤回。</source>
        <translation>The case goes back to before this step; its history says that it was taken back.</translation>
    </message>
    <message>
        <source>案件随之撤回，不再办理；记录和照片保留。</source>
        <translation>The case is taken back with it and not worked any further; the record and its photos are kept.</translation>
    </message>
    <message>
        <source>没有定位，到场记录将不含位置</source>
        <translation>No position: the arrival will carry none</translation>
    </message>
    <message>
        <source>距案件位置 %1</source>
        <translation>%1 from the case</translation>
    </message>
    <message>
        <source>距案件位置 %1，较远，仍可到场</source>
        <translation>%1 from the case, rather far; you may still arrive</translation>
    </message>
</context>
<context>
    <name>TaskDetail</name>
    <message>
        <source>%1 已离线处置，等待指挥席裁定</source>
        <translation>%1 handled it offline; the desk has to decide</translation>
    </message>
    <message>
        <source>%1案件已恢复为服务器上的状态。</source>
        <translation>%1 The case is back in the server&apos;s state.</translation>
    </message>
    <message>
        <source>从列表收起</source>
        <translation>Put away</translation>
    </message>
    <message>
        <source>办理记录</source>
        <translation>History</translation>
    </message>
    <message>
        <source>呼叫增援</source>
        <translation>Call for reinforcement</translation>
    </message>
    <message>
        <source>处置记录和照片都保留着，双方都能看到；是否采用由指挥席决定</source>
        <translation>The record and the photos are kept and both of you see them; the desk decides whether they count</translation>
    </message>
    <message>
        <source>您做过的记录都保留着；未提交的草稿在发件箱中</source>
        <translation>What you did is kept; unfinished drafts are in the outbox</translation>
    </message>
    <message>
        <source>服务器没有接受您的操作</source>
        <translation>The server did not accept what you did</translation>
    </message>
    <message>
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>领导督办</source>
        <translation>Supervised by a leader</translation>
    </message>
</context>
<context>
    <name>TaskFacts</name>
    <message>
        <source>位置</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>总结</source>
        <translation>What was learned</translation>
    </message>
    <message>
        <source>截止 %1</source>
        <translation>Due %1</translation>
    </message>
    <message>
        <source>时限</source>
        <translation>Time limit</translation>
    </message>
    <message>
        <source>来源</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>案件信息</source>
        <translation>About the case</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>车牌</source>
        <translation>Plate</translation>
    </message>
    <message>
        <source>（截止 %1）</source>
        <translation> (due %1)</translation>
    </message>
</context>
<context>
    <name>TaskList</name>
    <message>
        <source>%1 个待决定</source>
        <translation>%1 to decide</translation>
    </message>
    <message>
        <source>%1 个待接单</source>
        <translation>%1 to accept</translation>
    </message>
    <message>
        <source>%1 个待核查</source>
        <translation>%1 to check</translation>
    </message>
    <message>
        <source>%1 个进行中</source>
        <translation>%1 in progress</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>全部办完</source>
        <translation>All done</translation>
    </message>
    <message>
        <source>办完的案件会留在这里，随时可查</source>
        <translation>Finished cases stay here, to be looked up any time</translation>
    </message>
    <message>
        <source>已办</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>待决定</source>
        <translation>Decide</translation>
    </message>
    <message>
        <source>待核查</source>
        <translation>To check</translation>
    </message>
    <message>
        <source>显示哪些任务</source>
        <translation>Which tasks to show</translation>
    </message>
    <message>
        <source>没有进行中的任务</source>
        <translation>No tasks in progress</translation>
    </message>
    <message>
        <source>派给您的案件会自动出现在这里</source>
        <translation>Cases dispatched to you appear here by themselves</translation>
    </message>
    <message>
        <source>等人到现场看的案件会自动出现在这里</source>
        <translation>Cases that somebody must look at on site appear here by themselves</translation>
    </message>
    <message>
        <source>这里还没有任务</source>
        <translation>No tasks here yet</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>To do</translation>
    </message>
</context>
<context>
    <name>TaskPhotos</name>
    <message>
        <source>%1 张照片在服务器上</source>
        <translation>Photos on the server: %1</translation>
    </message>
    <message>
        <source>取回 %1 张照片</source>
        <translation>Get photos (%1)</translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <source>督办</source>
        <translation>Supervised</translation>
    </message>
</context>
<context>
    <name>TaskSteps</name>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>Arrive</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Feed back</translation>
    </message>
    <message>
        <source>处置</source>
        <translation>Handle</translation>
    </message>
    <message>
        <source>已完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>已完成，等待发送</source>
        <translation>Done, waiting to be sent</translation>
    </message>
    <message>
        <source>接单</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>未完成</source>
        <translation>Not done</translation>
    </message>
</context>
<context>
    <name>TaskWords</name>
    <message>
        <source>%1 公里</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 分钟</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 天</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 小时</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 小时 %2 分</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 改派给%2</source>
        <translation>%1 dispatched to %2</translation>
    </message>
    <message>
        <source>%1 米</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>上报</source>
        <translation>Reported</translation>
    </message>
    <message>
        <source>上报人已撤回</source>
        <translation>Withdrawn by the reporter</translation>
    </message>
    <message>
        <source>上级交办</source>
        <translation>Ordered from above</translation>
    </message>
    <message>
        <source>不予采用</source>
        <translation>Set aside</translation>
    </message>
    <message>
        <source>不同意回退</source>
        <translation>Return refused</translation>
    </message>
    <message>
        <source>不同意延时</source>
        <translation>Delay refused</translation>
    </message>
    <message>
        <source>不同意挂账</source>
        <translation>Suspension refused</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>写总结</source>
        <comment>button</comment>
        <translation>What was learned</translation>
    </message>
    <message>
        <source>到场</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>剩 %1</source>
        <translation>%1 left</translation>
    </message>
    <message>
        <source>反馈</source>
        <translation>Fed back</translation>
    </message>
    <message>
        <source>反馈结果</source>
        <translation>Feed back</translation>
    </message>
    <message>
        <source>同意回退</source>
        <translation>Return accepted</translation>
    </message>
    <message>
        <source>同意延时</source>
        <translation>Delay granted</translation>
    </message>
    <message>
        <source>回退</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>回退</source>
        <comment>button</comment>
        <translation>Return</translation>
    </message>
    <message>
        <source>处理中</source>
        <translation>In work</translation>
    </message>
    <message>
        <source>处置</source>
        <translation>Handled</translation>
    </message>
    <message>
        <source>处置人员退回。等待决定：同意、不同意或改派。请在指挥中心办理</source>
        <translation>Returned by its handler. Waits for a decision: accept, refuse or dispatch to another. It is made at the command centre</translation>
    </message>
    <message>
        <source>就在附近</source>
        <translation>close by</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>已停表，%1</source>
        <translation>Clock stopped, %1</translation>
    </message>
    <message>
        <source>已到场</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>已反馈</source>
        <translation>Fed back</translation>
    </message>
    <message>
        <source>已反馈，等待现场核查</source>
        <translation>Fed back, to be verified on site</translation>
    </message>
    <message>
        <source>已处置</source>
        <translation>Handled</translation>
    </message>
    <message>
        <source>已接单</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>已改派</source>
        <translation>Dispatched to another</translation>
    </message>
    <message>
        <source>已核实</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>已核查</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>已结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>已退回</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>已退回派遣员，等待重新派遣</source>
        <translation>Returned to the dispatcher, to be dispatched again</translation>
    </message>
    <message>
        <source>待接单</source>
        <translation>To accept</translation>
    </message>
    <message>
        <source>待核实</source>
        <translation>To be checked</translation>
    </message>
    <message>
        <source>待派遣</source>
        <translation>To be dispatched</translation>
    </message>
    <message>
        <source>待立案</source>
        <translation>To be opened</translation>
    </message>
    <message>
        <source>总结</source>
        <translation>Lessons noted</translation>
    </message>
    <message>
        <source>恢复</source>
        <translation>Resumed</translation>
    </message>
    <message>
        <source>我已到场</source>
        <translation>I have arrived</translation>
    </message>
    <message>
        <source>拒单</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>拒单</source>
        <comment>button</comment>
        <translation>Decline</translation>
    </message>
    <message>
        <source>挂账</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>挂账中</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>挂账中，时限暂停</source>
        <translation>Suspended, the clock stands still</translation>
    </message>
    <message>
        <source>挂账中，时限暂停。恢复请在指挥中心办理</source>
        <translation>Suspended, the clock stands still. It is resumed at the command centre</translation>
    </message>
    <message>
        <source>指挥席不予采用</source>
        <translation>Set aside by the desk</translation>
    </message>
    <message>
        <source>指挥席已认可</source>
        <translation>Upheld by the desk</translation>
    </message>
    <message>
        <source>接单</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>接单</source>
        <comment>button</comment>
        <translation>Accept</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>改派</source>
        <translation>Dispatched to another</translation>
    </message>
    <message>
        <source>时限未知：缺少日历</source>
        <translation>Limit not known: no calendar</translation>
    </message>
    <message>
        <source>核实不属实</source>
        <comment>button</comment>
        <translation>Not as reported</translation>
    </message>
    <message>
        <source>核实不属实</source>
        <translation>Denied</translation>
    </message>
    <message>
        <source>核实属实</source>
        <comment>button</comment>
        <translation>Confirm: as reported</translation>
    </message>
    <message>
        <source>核实属实</source>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>核查不通过</source>
        <comment>button</comment>
        <translation>Not done</translation>
    </message>
    <message>
        <source>核查不通过</source>
        <translation>Not verified</translation>
    </message>
    <message>
        <source>核查通过</source>
        <comment>button</comment>
        <translation>Verify: it is done</translation>
    </message>
    <message>
        <source>核查通过</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>核查通过。等待结案。请在指挥中心办理</source>
        <translation>Verified. Waits to be closed at the command centre</translation>
    </message>
    <message>
        <source>核查通过，等待结案</source>
        <translation>Verified, to be closed</translation>
    </message>
    <message>
        <source>案件已作废</source>
        <translation>Case voided</translation>
    </message>
    <message>
        <source>案件已改派</source>
        <translation>Case dispatched to another</translation>
    </message>
    <message>
        <source>案件已改派给%1</source>
        <translation>Case dispatched to %1</translation>
    </message>
    <message>
        <source>派遣</source>
        <translation>Dispatched</translation>
    </message>
    <message>
        <source>现场已核实。等待决定：立案或作废。请在指挥中心办理</source>
        <translation>Confirmed on site. Waits for a decision: open or void. It is made at the command centre</translation>
    </message>
    <message>
        <source>申请延时</source>
        <translation>Delay asked</translation>
    </message>
    <message>
        <source>申请延时</source>
        <comment>button</comment>
        <translation>Ask for delay</translation>
    </message>
    <message>
        <source>申请挂账</source>
        <translation>Suspension asked</translation>
    </message>
    <message>
        <source>申请挂账</source>
        <comment>button</comment>
        <translation>Ask for suspension</translation>
    </message>
    <message>
        <source>监管告警</source>
        <translation>Alert from supervision</translation>
    </message>
    <message>
        <source>目前没有需要您做的事</source>
        <translation>Nothing for you to do at present</translation>
    </message>
    <message>
        <source>督办</source>
        <translation>Supervised</translation>
    </message>
    <message>
        <source>立案</source>
        <translation>Opened</translation>
    </message>
    <message>
        <source>等待决定：要求核实、立案或作废。请在指挥中心办理</source>
        <translation>Waits for a decision: check on site, open or void. It is made at the command centre</translation>
    </message>
    <message>
        <source>等待指挥中心决定</source>
        <translation>Waits for the command centre</translation>
    </message>
    <message>
        <source>等待指挥席裁定</source>
        <translation>Waits for the desk to decide</translation>
    </message>
    <message>
        <source>等待派遣。请在指挥中心办理</source>
        <translation>Waits to be dispatched at the command centre</translation>
    </message>
    <message>
        <source>结案</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>网格员上报</source>
        <translation>Reported by a grid worker</translation>
    </message>
    <message>
        <source>群众反映</source>
        <translation>From the public</translation>
    </message>
    <message>
        <source>自行处理</source>
        <comment>button</comment>
        <translation>Handled on the spot</translation>
    </message>
    <message>
        <source>自行处理</source>
        <translation>Handled on the spot</translation>
    </message>
    <message>
        <source>补充</source>
        <comment>button</comment>
        <translation>Add</translation>
    </message>
    <message>
        <source>补充</source>
        <translation>Supplemented</translation>
    </message>
    <message>
        <source>要求核实</source>
        <translation>Check asked</translation>
    </message>
    <message>
        <source>视频发现</source>
        <translation>Found by video</translation>
    </message>
    <message>
        <source>认可处置</source>
        <translation>Work upheld</translation>
    </message>
    <message>
        <source>记录处置</source>
        <translation>Record handling</translation>
    </message>
    <message>
        <source>超时 %1</source>
        <translation>Overdue %1</translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>不再由您处置：%1</source>
        <translation>No longer yours to handle: %1</translation>
    </message>
    <message>
        <source>反馈已保存</source>
        <translation>Feedback saved</translation>
    </message>
    <message>
        <source>处置已保存</source>
        <translation>Handling saved</translation>
    </message>
    <message>
        <source>已从列表收起</source>
        <translation>Put away</translation>
    </message>
    <message>
        <source>已到场</source>
        <translation>Arrival saved</translation>
    </message>
    <message>
        <source>已回退</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>已拒单</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>已接单</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>已改派给他人，不再由您处置：%1</source>
        <translation>Given to another, no longer yours to handle: %1</translation>
    </message>
    <message>
        <source>延时申请已保存</source>
        <translation>Request for delay saved</translation>
    </message>
    <message>
        <source>总结已保存</source>
        <translation>What was learned is saved</translation>
    </message>
    <message>
        <source>挂账申请已保存</source>
        <translation>Request for suspension saved</translation>
    </message>
    <message>
        <source>新任务：%1</source>
        <translation>New task: %1</translation>
    </message>
    <message>
        <source>核实结果已保存：不属实</source>
        <translation>Check saved: not confirmed</translation>
    </message>
    <message>
        <source>核实结果已保存：属实</source>
        <translation>Check saved: confirmed</translation>
    </message>
    <message>
        <source>核查结果已保存：不通过</source>
        <translation>Verification saved: rejected</translation>
    </message>
    <message>
        <source>核查结果已保存：通过</source>
        <translation>Verification saved: passed</translation>
    </message>
    <message>
        <source>自行处理已保存</source>
        <translation>Handled on the spot: saved</translation>
    </message>
    <message>
        <source>补充已保存</source>
        <translation>Addition saved</translation>
    </message>
</context>
<context>
    <name>TasksPage</name>
    <message>
        <source>左侧列表按时限排列，最急的在最上面</source>
        <translation>The list is ordered by time limit, the most urgent first</translation>
    </message>
    <message>
        <source>照片 (*.jpg *.jpeg *.png *.heic *.heif)</source>
        <translation>Photos (*.jpg *.jpeg *.png *.heic *.heif)</translation>
    </message>
    <message>
        <source>请选择一个任务</source>
        <translation>Choose a task</translation>
    </message>
    <message>
        <source>选择照片</source>
        <translation>Choose photos</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>关闭窗口</source>
        <translation>Close the window</translation>
    </message>
    <message>
        <source>城市巡查</source>
        <translation>Field App</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>立即发送</source>
        <translation>Send now</translation>
    </message>
</context>
<context>
    <name>TruckPane</name>
    <message>
        <source>%1 张许可</source>
        <translation>%1 permits</translation>
    </message>
    <message>
        <source>1. 对照实车，逐字核对号牌。
2. 请驾驶员出示准运证，看证号和企业。
3. 仍查不到，向指挥中心核实后再处理。</source>
        <translation>1. Compare the plate with the truck, letter by letter.
2. Ask the driver for the permit; look at its number and company.
3. Still nothing: ask the command centre before you act.</translation>
    </message>
    <message>
        <source>容易看错的号牌，请对照实车</source>
        <translation>Look-alikes: compare with the truck</translation>
    </message>
    <message>
        <source>查下一辆</source>
        <translation>Next truck</translation>
    </message>
    <message>
        <source>查不到时</source>
        <translation>When nothing is found</translation>
    </message>
    <message>
        <source>记录违规</source>
        <translation>Record violation</translation>
    </message>
</context>
<context>
    <name>UnitSheet</name>
    <message>
        <source>%1 等 %2 类</source>
        <translation>%1, %2 classes in all</translation>
    </message>
    <message>
        <source>不指定单位</source>
        <translation>No unit</translation>
    </message>
    <message>
        <source>其他单位</source>
        <translation>Other units</translation>
    </message>
    <message>
        <source>写进上报，供派遣员参考</source>
        <translation>Goes into the report; the dispatcher decides</translation>
    </message>
    <message>
        <source>城市数据里没有责任单位</source>
        <translation>The city data names no units</translation>
    </message>
    <message>
        <source>换一个词，或清除搜索后从列表里选。</source>
        <translation>Try another word, or clear the search and pick from the list.</translation>
    </message>
    <message>
        <source>搜索：名称、拼音首字母、类别、街道</source>
        <translation>Search: name, pinyin initials, class, street</translation>
    </message>
    <message>
        <source>没有找到“%1”</source>
        <translation>Nothing found for &quot;%1&quot;</translation>
    </message>
    <message>
        <source>由派遣员决定</source>
        <translation>The dispatcher decides</translation>
    </message>
    <message>
        <source>由派遣员决定交给谁。</source>
        <translation>The dispatcher decides who gets it.</translation>
    </message>
    <message>
        <source>负责此处的这类问题</source>
        <translation>Answers for this kind of problem here</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Responsible unit</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>%1（时钟未核对）</source>
        <translation>%1 (clock not checked)</translation>
    </message>
    <message>
        <source>%1（本机时钟可疑）</source>
        <translation>%1 (clock doubtful)</translation>
    </message>
    <message>
        <source>依据许可 %1</source>
        <translation>By permit %1</translation>
    </message>
    <message>
        <source>图上选的位置</source>
        <translation>Pinned on the map</translation>
    </message>
    <message>
        <source>数据时间未知</source>
        <translation>Age of data unknown</translation>
    </message>
    <message>
        <source>数据：%1前</source>
        <translation>Data %1 old</translation>
    </message>
    <message>
        <source>此地 %1</source>
        <translation>Here %1</translation>
    </message>
    <message>
        <source>此地（定位已旧）</source>
        <translation>Here (old position)</translation>
    </message>
    <message>
        <source>此地（精度不明）</source>
        <translation>Here (accuracy unknown)</translation>
    </message>
    <message>
        <source>没有定位</source>
        <translation>No position</translation>
    </message>
    <message>
        <source>载重 %1 吨</source>
        <translation>Load %1 t</translation>
    </message>
</context>
<context>
    <name>VersionWords</name>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>单元网格</source>
        <translation>Grid cell</translation>
    </message>
    <message>
        <source>命令行</source>
        <translation>Command line</translation>
    </message>
    <message>
        <source>地点描述</source>
        <translation>Description of the place</translation>
    </message>
    <message>
        <source>情况说明</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>查车结论</source>
        <translation>Verdict on the truck</translation>
    </message>
    <message>
        <source>涉及车辆</source>
        <translation>Vehicle</translation>
    </message>
    <message>
        <source>类别</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>补充到的案件</source>
        <translation>Case it is added to</translation>
    </message>
    <message>
        <source>责任单位</source>
        <translation>Responsible unit</translation>
    </message>
    <message>
        <source>这台设备的界面</source>
        <translation>This device&apos;s window</translation>
    </message>
    <message>
        <source>重建数据库时找回</source>
        <translation>Found when the database was rebuilt</translation>
    </message>
    <message>
        <source>附有查车结论</source>
        <translation>With the verdict of a look-up</translation>
    </message>
    <message>
        <source>（空）</source>
        <translation>(empty)</translation>
    </message>
</context>
<context>
    <name>VersionsCard</name>
    <message>
        <source>%1 · %2前</source>
        <translation>%1 · %2 ago</translation>
    </message>
    <message>
        <source>%1换成：%2</source>
        <translation>Change %1 to: %2</translation>
    </message>
    <message>
        <source>不用了，收起</source>
        <translation>Put away</translation>
    </message>
    <message>
        <source>另一个</source>
        <translation>The other</translation>
    </message>
    <message>
        <source>换成另一个</source>
        <translation>Take the other</translation>
    </message>
    <message>
        <source>提交的是“现在的”；另一个只留在本机，不会发送。</source>
        <translation>What stands now is submitted; the other one stays on this tablet and is not sent.</translation>
    </message>
    <message>
        <source>有两个版本</source>
        <translation>Two versions</translation>
    </message>
    <message>
        <source>现在的</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>看收起的另一版本（%1）</source>
        <translation>Show versions put away (%1)</translation>
    </message>
</context>
<context>
    <name>VisitChecks</name>
    <message>
        <source>不涉及</source>
        <translation>Does not apply</translation>
    </message>
    <message>
        <source>不符合</source>
        <translation>Not met</translation>
    </message>
    <message>
        <source>先选择检查事项</source>
        <translation>Choose the inspection item first</translation>
    </message>
    <message>
        <source>其他现场照片</source>
        <translation>Other photos on site</translation>
    </message>
    <message>
        <source>导入照片</source>
        <translation>Import photos</translation>
    </message>
    <message>
        <source>已答 %1</source>
        <translation>%1 answered</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Take a photo</translation>
    </message>
    <message>
        <source>检查表</source>
        <translation>Check list</translation>
    </message>
    <message>
        <source>符合</source>
        <translation>Met</translation>
    </message>
    <message>
        <source>第 %1 项拍照</source>
        <translation>Take a photo for question %1</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Note</translation>
    </message>
</context>
<context>
    <name>VisitCredential</name>
    <message>
        <source>已出示</source>
        <translation>It was shown</translation>
    </message>
    <message>
        <source>执法证件二维码</source>
        <translation>QR of the credential</translation>
    </message>
    <message>
        <source>电子执法证件</source>
        <translation>Electronic credential</translation>
    </message>
    <message>
        <source>请对方扫码核对姓名和编号。有效期至 %1</source>
        <translation>The other side reads the code and compares name and number. Valid until %1</translation>
    </message>
</context>
<context>
    <name>VisitDetail</name>
    <message>
        <source>%1 星</source>
        <translation>%1 of 5 stars</translation>
    </message>
    <message>
        <source>%1 项</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>不符合</source>
        <translation>Not met</translation>
    </message>
    <message>
        <source>内容指纹</source>
        <translation>Fingerprint of its content</translation>
    </message>
    <message>
        <source>取来并打开 PDF</source>
        <translation>Fetch and open the PDF</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>对方评价</source>
        <translation>Rating by the party</translation>
    </message>
    <message>
        <source>尚未评价</source>
        <translation>Not rated yet</translation>
    </message>
    <message>
        <source>打开 PDF</source>
        <translation>Open PDF</translation>
    </message>
    <message>
        <source>检查事项</source>
        <translation>Inspection item</translation>
    </message>
    <message>
        <source>检查人</source>
        <translation>Officers</translation>
    </message>
    <message>
        <source>正在取来…</source>
        <translation>Fetching…</translation>
    </message>
    <message>
        <source>没有送达</source>
        <translation>Not delivered</translation>
    </message>
    <message>
        <source>现场检查笔录</source>
        <translation>On-site record</translation>
    </message>
    <message>
        <source>笔录 PDF 不在本机，需要时从服务器取来，核对指纹后打开</source>
        <translation>The PDF is not on this tablet: it is fetched from the server when wanted, and opened once its fingerprint is checked</translation>
    </message>
    <message>
        <source>笔录 PDF 在填写它的平板和服务器上</source>
        <translation>The PDF is on the tablet that made it and on the server</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>选一条检查看详情</source>
        <translation>Choose a visit to see it</translation>
    </message>
</context>
<context>
    <name>VisitDone</name>
    <message>
        <source>上传后方可评价，只能评价一次</source>
        <translation>Possible once it was sent, and once only</translation>
    </message>
    <message>
        <source>下一次检查</source>
        <translation>Next visit</translation>
    </message>
    <message>
        <source>内容指纹</source>
        <translation>Fingerprint of the content</translation>
    </message>
    <message>
        <source>打开 PDF</source>
        <translation>Open the PDF</translation>
    </message>
    <message>
        <source>检查笔录已保存</source>
        <translation>The record of the visit is saved</translation>
    </message>
    <message>
        <source>现场检查笔录</source>
        <translation>On-site record</translation>
    </message>
    <message>
        <source>联网后自动上传，进度见发件箱</source>
        <translation>It is sent when there is a network; the outbox shows how far</translation>
    </message>
    <message>
        <source>请对方扫码评价</source>
        <translation>The party may rate the visit</translation>
    </message>
</context>
<context>
    <name>VisitItems</name>
    <message>
        <source>检查事项</source>
        <translation>Inspection item</translation>
    </message>
    <message>
        <source>第二名检查人</source>
        <translation>Second officer</translation>
    </message>
    <message>
        <source>行政检查须两名以上执法人员</source>
        <translation>A visit is made by two officers at least</translation>
    </message>
</context>
<context>
    <name>VisitList</name>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>单位名称或检查事项</source>
        <translation>Party or inspection item</translation>
    </message>
    <message>
        <source>完成的检查会留在这里，随时可查</source>
        <translation>Finished visits stay here</translation>
    </message>
    <message>
        <source>我的</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>换个词，或清空后看全部</source>
        <translation>Try another word, or clear to see all</translation>
    </message>
    <message>
        <source>显示谁的检查</source>
        <translation>Whose visits to show</translation>
    </message>
    <message>
        <source>本人参加过的检查，离线可查</source>
        <translation>Visits you took part in, also offline</translation>
    </message>
    <message>
        <source>本机收到的全部检查，离线可查</source>
        <translation>All visits this tablet was told of, offline too</translation>
    </message>
    <message>
        <source>检查记录</source>
        <translation>Earlier visits</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>还没有检查记录</source>
        <translation>No visits yet</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>亮证</source>
        <translation>Show credential</translation>
    </message>
    <message>
        <source>完成检查并保存笔录</source>
        <translation>Finish the visit and save its record</translation>
    </message>
    <message>
        <source>已填写的内容、照片和签名会从本机删除，不能恢复。</source>
        <translation>What was filled in, photos and signatures are deleted from this device and cannot be brought back.</translation>
    </message>
    <message>
        <source>放弃</source>
        <translation>Throw away</translation>
    </message>
    <message>
        <source>放弃这次检查</source>
        <translation>Throw this visit away</translation>
    </message>
    <message>
        <source>放弃这次检查？</source>
        <translation>Throw this visit away?</translation>
    </message>
    <message>
        <source>检查表第 %1 项</source>
        <translation>Question %1</translation>
    </message>
    <message>
        <source>检查记录</source>
        <translation>Earlier visits</translation>
    </message>
    <message>
        <source>没有网络也能完成，联网后自动上传</source>
        <translation>Works without a network; sent by itself later</translation>
    </message>
    <message>
        <source>照片 (*.jpg *.jpeg *.png *.heic *.heif)</source>
        <translation>Photos (*.jpg *.jpeg *.png *.heic *.heif)</translation>
    </message>
    <message>
        <source>现场照片</source>
        <translation>Photos on site</translation>
    </message>
    <message>
        <source>行政检查</source>
        <translation>Inspection visit</translation>
    </message>
    <message>
        <source>选择照片</source>
        <translation>Choose photos</translation>
    </message>
</context>
<context>
    <name>VisitParty</name>
    <message>
        <source>单位名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>现场人员</source>
        <translation>Present for the party</translation>
    </message>
    <message>
        <source>统一社会信用代码</source>
        <translation>Unified social credit code</translation>
    </message>
    <message>
        <source>职务</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>联系电话</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>被检查单位</source>
        <translation>Party visited</translation>
    </message>
    <message>
        <source>输入名称，从本市企业、工地、消纳场中选</source>
        <translation>Type a name; companies and sites of the city are offered</translation>
    </message>
</context>
<context>
    <name>VisitPhotos</name>
    <message>
        <source>照片会从本机删除，不能恢复；已有的签名会作废。</source>
        <translation>The photo is deleted from this device and cannot be brought back; signatures given before go.</translation>
    </message>
    <message>
        <source>移除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>移除这张照片？</source>
        <translation>Take this photo out?</translation>
    </message>
</context>
<context>
    <name>VisitResult</name>
    <message>
        <source>如 2026-03-05</source>
        <translation>As 2026-03-05</translation>
    </message>
    <message>
        <source>当事人陈述</source>
        <translation>What the party says</translation>
    </message>
    <message>
        <source>改正期限</source>
        <translation>By</translation>
    </message>
    <message>
        <source>改正要求</source>
        <translation>What is to be put right</translation>
    </message>
    <message>
        <source>未发现问题</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>检查发现</source>
        <translation>What was found</translation>
    </message>
    <message>
        <source>检查结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>移送立案</source>
        <translation>Handed on</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>责令改正</source>
        <translation>To be put right</translation>
    </message>
</context>
<context>
    <name>VisitSigned</name>
    <message>
        <source>当事人</source>
        <translation>Party</translation>
    </message>
    <message>
        <source>当事人拒签原因</source>
        <translation>Why the party does not sign</translation>
    </message>
    <message>
        <source>检查人</source>
        <translation>Officer</translation>
    </message>
    <message>
        <source>第二名检查人</source>
        <translation>Second officer</translation>
    </message>
    <message>
        <source>签名</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>签名后再改动内容，签名会作废，须重签</source>
        <translation>A word changed afterwards takes the signatures away</translation>
    </message>
</context>
<context>
    <name>VisitWords</name>
    <message>
        <source>未发现问题</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>移送立案</source>
        <translation>Handed on</translation>
    </message>
    <message>
        <source>责令改正</source>
        <translation>To be put right</translation>
    </message>
</context>
<context>
    <name>VoiceBar</name>
    <message>
        <source>停止播放</source>
        <translation>Stop playing</translation>
    </message>
    <message>
        <source>取语音并播放，时长 %1</source>
        <translation>Get the voice note and play it, %1 long</translation>
    </message>
    <message>
        <source>播放语音，时长 %1</source>
        <translation>Play the voice note, %1 long</translation>
    </message>
</context>
<context>
    <name>WayBar</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>东北</source>
        <translation>north-east</translation>
    </message>
    <message>
        <source>东南</source>
        <translation>south-east</translation>
    </message>
    <message>
        <source>已到附近。</source>
        <translation>You are nearly there.</translation>
    </message>
    <message>
        <source>正东</source>
        <translation>east</translation>
    </message>
    <message>
        <source>正北</source>
        <translation>north</translation>
    </message>
    <message>
        <source>正南</source>
        <translation>south</translation>
    </message>
    <message>
        <source>正在找路</source>
        <translation>Looking for a way</translation>
    </message>
    <message>
        <source>正西</source>
        <translation>west</translation>
    </message>
    <message>
        <source>没有位置，等有了位置再指路。</source>
        <translation>No position yet; the way is shown once there is one.</translation>
    </message>
    <message>
        <source>没有道路数据，只指直线方向。</source>
        <translation>No streets are known; the direction alone.</translation>
    </message>
    <message>
        <source>沿道路约 %1</source>
        <translation>About %1 along the streets</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <source>西北</source>
        <translation>north-west</translation>
    </message>
    <message>
        <source>西南</source>
        <translation>south-west</translation>
    </message>
    <message>
        <source>距离未知</source>
        <translation>Distance unknown</translation>
    </message>
    <message>
        <source>道路不通到那里，只指直线方向。</source>
        <translation>No street leads there; the direction alone.</translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>%1 次，最近 %2</source>
        <translation>%1×, last at %2</translation>
    </message>
    <message>
        <source>下次自动尝试</source>
        <translation>Next try</translation>
    </message>
    <message>
        <source>为什么还没有发送？</source>
        <translation>Why has it not gone?</translation>
    </message>
    <message>
        <source>已尝试</source>
        <translation>Tried</translation>
    </message>
    <message>
        <source>已送达</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>服务器上次应答</source>
        <translation>Last answer</translation>
    </message>
    <message>
        <source>服务器签收</source>
        <translation>Signed for at</translation>
    </message>
    <message>
        <source>正在发送</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>照片文件</source>
        <translation>Photo files</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>需要您处理</source>
        <translation>Needs you</translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message>
        <source>上报</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>任务</source>
        <translation>Tasks</translation>
    </message>
    <message>
        <source>发件箱</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>同意删除</source>
        <translation>Agree and delete</translation>
    </message>
    <message>
        <source>同意删除？</source>
        <translation>Agree to delete?</translation>
    </message>
    <message>
        <source>地图</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>处理</source>
        <translation>See to it</translation>
    </message>
    <message>
        <source>巡查</source>
        <translation>Patrol</translation>
    </message>
    <message>
        <source>工作数据已重建</source>
        <translation>Work data made anew</translation>
    </message>
    <message>
        <source>恢复发送</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>您自己的记录和照片不受影响。不确定时请先问管理员。</source>
        <translation>Your own records and photos are not touched. When in doubt ask your administrator first.</translation>
    </message>
    <message>
        <source>我的上报</source>
        <translation>My reports</translation>
    </message>
    <message>
        <source>救援导出</source>
        <translation>Rescue file</translation>
    </message>
    <message>
        <source>查看</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>查车</source>
        <translation>Look up</translation>
    </message>
    <message>
        <source>检查</source>
        <translation>Visits</translation>
    </message>
    <message>
        <source>消息</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Understood</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>请查看草稿和发件箱，并告知管理员。建议现在导出一份救援文件。</source>
        <translation>Look through drafts and outbox and tell your administrator. It is wise to write a rescue file now.</translation>
    </message>
    <message>
        <source>预警</source>
        <translation>Alerts</translation>
    </message>
</context>
</TS>
