"""Names in Korean, Armenian, Cyrillic and Greek letters, and Chinese surnames, in Latin letters, for comparing only.

Source: docs/rules/matching.md, section 3.
"""

from __future__ import annotations

from typing import Final


def _pairs(text: str) -> dict[str, str]:
    return {item[0]: item[1:] for item in text.split()}


def _series(first: str, texts: str) -> dict[str, str]:
    """Letters that follow each other in the code, from the first."""
    return {chr(ord(first) + place): text for place, text in enumerate(texts.split(","))}


_LETTERS: Final = (
    _pairs("աa բb գg դd եe զz էe ըy թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv տt րr")
    | _pairs(
        "ցts ւv փp քk օo ֆf аa бb вv гg дd еe жzh зz иi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy"
    )
    | _pairs("ь эe юyu яya іi єye ґg αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo")
    | _series("ᄀ", "g,kk,n,d,tt,r,m,b,pp,s,ss,,j,jj,ch,k,t,p,h")
    | _series("ᅡ", "a,ae,ya,yae,eo,e,yeo,ye,o,wa,wae,oe,yo,u,wo,we,wi,yu,eu,ui,i")
    | _series("ᆨ", "k,k,k,n,n,n,t,l,k,m,l,l,l,p,l,m,p,p,t,t,ng,t,t,k,t,p,t")
)
_HAN_SURNAMES: Final = _pairs(
    "王wang 李li 张zhang 張zhang 刘liu 劉liu 陈chen 陳chen 杨yang 楊yang 黄huang 黃huang 赵zhao 趙zhao 吴wu 吳wu "
    "周zhou 徐xu 孙sun 孫sun 马ma 馬ma 朱zhu 胡hu 郭guo 何he 林lin 高gao 罗luo 羅luo 郑zheng 鄭zheng 梁liang 谢xie "
    "謝xie 宋song 唐tang 许xu 許xu 邓deng 鄧deng 韩han 韓han 冯feng 馮feng 曹cao 彭peng 曾zeng 肖xiao 蕭xiao 田tian "
    "董dong 潘pan 袁yuan 蔡cai 蒋jiang 蔣jiang 余yu 于yu 杜du 叶ye 葉ye 程cheng 魏wei 苏su 蘇su 吕lu 呂lu 丁ding 任ren "
    "沈shen 姚yao 卢lu 盧lu 姜jiang 崔cui 钟zhong 鍾zhong 谭tan 譚tan 陆lu 陸lu 范fan 汪wang 廖liao 石shi 金jin 贾jia "
    "賈jia 韦wei 夏xia 付fu 方fang 邹zou 鄒zou 熊xiong 白bai 孟meng 秦qin 邱qiu 侯hou 江jiang 尹yin 薛xue 闫yan 雷lei "
    "龙long 龍long 史shi 陶tao 贺he 毛mao 郝hao 顾gu 顧gu 龚gong 邵shao 万wan 萬wan 武wu 钱qian 錢qian 戴dai 严yan "
    "嚴yan 莫mo 孔kong 常chang "
)


def romanized(words: str) -> str:
    """Folded words in Latin letters, as far as their letters are known here; others stay."""
    if words.isascii():
        return words
    return "".join(_LETTERS.get(letter, letter) for letter in words.replace("ու", "u"))


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name of a Korean or Chinese name written without a blank, composed; ("", "") of all others."""
    if not 2 <= len(name) <= 4:
        return "", ""
    if all("가" <= letter <= "힣" for letter in name):
        return name[0], name[1:]
    if all("一" <= letter <= "鿿" for letter in name):
        return _HAN_SURNAMES.get(name[0], name[0]), name[1:]
    return "", ""


def latin_surname(name: str) -> str:
    """A surname of one Chinese character in Latin letters; others as they are."""
    return _HAN_SURNAMES.get(name, name)
