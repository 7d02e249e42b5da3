"""English words that tell money from other numbers, as data."""

ABOUT_BEFORE = (
    "about,around,roughly,approximately,approx,approx.,circa,ca.,c.,nearly,almost,close to,"
    "just under,just over,just above,just below,under,below,less than,up to,at most,at the most,"
    "no more than,not more than,over,above,more than,at least,no less than,not less than,min,min.,"
    "minimum,minimum of,a minimum of,max,max.,maximum,maximum of,a maximum of,north of,south of,"
    "upwards of,in the region of,somewhere around,ballpark,ballpark of,some,estimated,"
    "estimated at,an estimated,give or take,lower than,greater than,higher than,fewer than,"
    "exceeding,in excess of,at a minimum,a little over,a little under,a bit over,a bit under,"
    "a little more than,slightly over,slightly under,"
    "somewhere near,more or less,in the neighborhood of,in the neighbourhood of,"
    "on the order of,in the order of,in the ballpark of,in the range of,within,as much as,"
    "as little as,as low as,as high as,capped at,starting at,starting from,+/-,"
    "close on,getting on for,only about"
)
ABOUT_AFTER = (
    "or so,give or take,odd,or more,or less,more or less,or thereabouts,ballpark,max,min,"
    "tops,minimum,maximum,at least,at most,at the most,approx,approx.,approximately,roughly,"
    "or higher,or above,or below,or under,and up,upwards,and upwards,and above,and change,ish"
)
ABOUT_AFTER_PATTERNS = (
    r"(?<![ ])\+(?![ ]?[0-9]|[ ]?(?:vat|tax|gst)(?![a-z]))",
    r"-(?:ish|plus)(?![a-z])",
    r"[ ]?plus(?![a-z])(?![ ][a-z0-9$€£¥])",
)
CUES = (
    "deal,deals,quote,quotes,quoted,quoting,quotation,budget,budgets,budgeted,worth,value,valued,"
    "price,priced,prices,pricing,order,orders,amount,amounts,total,totals,totaling,totalling,"
    "totalled,cost,costs,contract,proposal,pay,pays,paid,paying,payment,opportunity,opp,revenue,"
    "fee,fees,deposit,discount,offer,offered,offers,offering,bid,bids,tender,forecast,quota,"
    "target,spend,spends,spent,spending,invest,invested,investment,funding,margin,profit,refund,"
    "balance,prepayment,downpayment,sum,turnover,sales,money,cash,invoiced,billed,bill,charge,"
    "charged,charging,asking,counteroffer,valuation,salary,bonus,commission,rent,subscription,"
    "arr,acv,tcv,mrr,capex,opex,sow,retainer,instalment,installment,renewal,pipeline,gmv"
)
LASTING = "in,after,within,every,for,another,next,last,wait,waited,took,takes,lasted,spent"
"""Before 10m these make it minutes."""

LASTED = "call,chat,meeting,demo,drive,walk,session,break,visit,wait,talk,ride,delay,late"
"""After 10m these make it minutes."""

NUMBERED = (
    "order,orders,contract,deal,opportunity,opp,proposal,quote,quotation,bill,sow,tender,bid"
)
"""Cues that may have a number of their own: order 88231."""

FILLERS = (
    "is,was,are,of,at,for,to,be,now,only,just,it's,its,it,we,they,us,them,me,him,her,you,this,"
    "that,the,a,an,will,would,could,may,might,should,came,comes,down,up,probably,maybe,perhaps,"
    "currently,still,says,say,said,set,final,net,gross,exactly,stands,around,about"
)
"""What may stand between a cue and its number."""

TOTAL_BEFORE = (
    "total,totals,totaling,totalling,in total,total of,total is,total was,total price,total value,"
    "total amount,total price is,total value of,total amount is,total cost,total contract value,"
    "grand total,altogether,overall,comes to,adds up to,for a total of,making,total comes to"
)
TOTAL_AFTER = "total,in total,altogether,all in,all told,overall,in all,for everything,for the lot"
EACH_AFTER = "each,apiece,a piece,per,a unit,a pop,a head,a seat,a month,a year,a day,ea,pp,p.p."
EACH_BEFORE = "unit price,unit price is,unit price of,unit cost,price per unit"
FORMER = (
    "instead of,not,isn't,rather than,originally,previously,formerly,initially,used to be,was at,"
    "down from,up from,from,as opposed to,vs,versus,list price,list"
)
"""Before an amount that no longer holds, if there is another."""

NOW = "to,down to,up to,now,now at,now is,becomes,became"
"""Between an amount that no longer holds and the one that does."""

CHANGES = (
    "rais,increas,went,go,goes,going,mov,chang,updat,drop,reduc,cut,lower,bump,revis,adjust,"
    "negotiat,bring,brought,push,talk,rose,rise,fell,fall,grew,grow,slid,knock,came,come,walk,"
    "decreas,upgrad,downgrad,amend,correct,edit,set,renegotiat,shrunk,shrink,slash"
)
"""How words begin after which 50k to 60k is a change and no range."""

LABELS = (
    "no,no.,nr,nr.,nos,number,numbers,num,po,p.o.,so,inv,inv.,invoice,room,rm,suite,ste,floor,fl,"
    "unit,building,bldg,block,gate,line,page,pg,p.,step,phase,version,ver,ver.,v.,iso,gb,en,astm,"
    "model,type,series,chapter,week,wk,day,top,level,lvl,tier,class,grade,ext,ext.,extension,tel,"
    "tel.,phone,mobile,cell,call,fax,whatsapp,wechat,qq,id,zip,code,postcode,year,since,until,"
    "till,route,highway,bus,flight,train,ticket,case,ref,ref.,reference,serial,sn,lot,batch,item,"
    "sku,part,pn,account,acct,bin,locker,seat,table,booth,stand,hall,bay,station,terminal,pier,"
    "windows,office,release,build,port,pin,ip,section,article,clause,rule,figure,fig,fig.,slide,"
    "question,point,plan,option,round,street,road,avenue,apt,apartment,box,employee,badge,dial,"
    "text,sap,crm,boeing,airbus,rfq,rfp,erp,job,site,store,branch,zone,ward,bed,dept,department,"
    "doc,document,tracking,awb,fortune,global,forbes,galaxy,core,gen,generation,mark,mk,ce,fda,ul,"
    "din,ansi,nfpa,nema,rev,rev.,license,licence,permit,registration,reg,cabin,track,server,net"
)
"""Before a number that is a name: room 305, ISO 9001."""

MEASURES = (
    "person,people,ppl,wk,hr,min,sec,yr,yo,kg,g,gram,gr,km,meter,metre,mile,cm,mm,ft,foot,feet,"
    "inch,lb,oz,ton,tonne,ml,liter,litre,gallon,gb,mb,tb,kb,ghz,mhz,hz,volt,watt,kw,kwh,kva,mw,"
    "mah,mbps,gbps,sqm,sqft,sq,square,cubic,acre,unit,pc,piece,degree,am,pm,noon,percent,pct,point,"
    "bp,bps,basis,staff,children,men,women,run,race,marathon,screen,tv,monitor,display,video,"
    "camera,resolution,projector,footage,rpm,ppm,copy,pax,bar,psi,cc,lumen,lux,kcal,cal,ago,away,"
    "long,wide,tall,high,deep,thick,later,walk,cable,drive,qty,kilo,kilometer,kilometre,hectare,"
    "minute,hour,day,week,month,year,stock,headcount,employee,user,head,mesh,pixel,way,times,x,"
    "word,mile,page,tops"
)
"""After a number that is a quantity, also with an ``s``."""

NO_COUNT = (
    "is,was,as,this,plus,gross,yes,us,its,has,does,less,thus,always,closes,looks,includes,sounds,"
    "covers,comes,goes,seems,works,needs,gets,stays,stands,vs,versus,terms,sales,means,makes,"
    "feels,gives,leaves,expires,depends,requires,starts,ends,says,wants,across,perhaps,besides,"
    "deals,plz,pls,towards,ours,yours,theirs,that's,let's,costs,savings,fees,bonus,previous,"
    "various,business,remains,puts,takes,sits,falls,hits,beats,matches,fits,helps,wins,excludes,"
    "brings,likes,happens,pays,buys,runs,contracts,orders,quotes,bids,gross,minus,ins,arrives,"
    "tops,exceeds,equals,totals,lands,drops,moves,confirms,signs,owes,asks,thinks,boss,express"
)
"""Words that end in ``s`` and count nothing: any other plural after a number is a quantity."""

FOLLOWS = (
    "for,to,in,with,and,but,or,by,at,from,on,if,when,because,so,then,now,ok,okay,yes,maybe,"
    "probably,please,pls,is,was,as,plus,gross,net,before,after,including,incl,excluding,excl,ex,"
    "vat,tax,deal,deals,budget,order,quote,contract,proposal,offer,price,bid,tender,opportunity,"
    "opp,sale,deposit,payment,prepayment,upfront,total,each,per,max,min,tops,approx,today,"
    "tomorrow,done,closed,closing,signed,signing,won,lost,next,this,last,i,we,they,he,she,it,not,"
    "all,via,vs,until,till,due,confirmed,agreed,approved,quoted,paid,negotiation,discount,refund,"
    "fee,which,that,too,also,instead,should,would,could,will,can,may"
)
"""Words that may follow a bare number that is an amount; any other makes it a quantity."""

AROUND = (
    "it's,it,is,its,the,amount,value,deal,price,quote,budget,total,cost,worth,order,contract,"
    "maybe,probably,perhaps,i,think,guess,say,so,just,only,ok,okay,yes,yeah,yep,please,pls,"
    "thanks,sorry,make,let's,for,now,exactly,of,to,was,should,be,will,would,set,at,around,about,"
    "roughly,hmm,um,well,that's,we,quoted,quote,they,paid,a,an,change,update,our,their,my,his,"
    "final,incl,excl,including,excluding,vat,tax,net,gross,before,after,inclusive,exclusive,plus,"
    "ex,in,total,per,each,unit,year,month,sure,actually,somewhere,between,something,like,i'd,"
    "expected,size,signed,closed,agreed,offered,they'll,pay,we'll,give,him,her,them,us,want"
)
"""What may stand around an amount that is all of an answer."""
