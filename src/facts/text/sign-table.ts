/** What a word can be a sign of, as bits: the parts that orders to a model are made of, whatever their language. */
export const FORGET = 1;
export const INSTRUCTION = 1 << 1;
/** What came before, or all of it, or what is the listener's own. */
export const PRIOR = 1 << 2;
export const NEGATION = 1 << 3;
export const TELL = 1 << 4;
export const USER = 1 << 5;
export const WITHOUT = 1 << 6;
export const ASK = 1 << 7;
export const SEND = 1 << 8;
export const TAKE = 1 << 9;
export const RUN = 1 << 10;
export const HARM = 1 << 11;
export const SECRET = 1 << 12;
export const PROMPT = 1 << 13;
/** An address outside. */
export const PLACE = 1 << 14;
export const AGENT = 1 << 15;
export const MUST = 1 << 16;
export const URGENT = 1 << 17;
export const AUTHORITY = 1 << 18;
/** No longer valid. */
export const VOID = 1 << 19;
export const LIMIT = 1 << 20;
export const PLAY = 1 << 21;
export const LASTING = 1 << 22;
export const SAY = 1 << 23;
export const READING = 1 << 24;
export const SECRETLY = 1 << 25;
/** What an order to do harm is about. */
export const GRAVE = 1 << 26;
export const FOLLOW = 1 << 27;
export const KEEP = 1 << 28;
export const FETCH = 1 << 29;
/** What the listener is. */
export const YOU = 1 << 30;
/** Valid, or to apply. */
export const VALID = 1 << 31;

/**
 * Words by sign. `*` stands for any ending, `_` for a blank, `~` for an apostrophe; a word without `*` is a whole word. Scripts without blanks
 * between words know no ends of words.
 */
export const SIGNS: readonly (readonly [sign: number, words: string])[] = [
  [
    FORGET,
    'irrespective_of ' +
      'stands_above takes_precedence take_precedence outranks overrules comes_before above_what more_important_than ' +
      'priority_over precedence_over instead_of_what even_though stop_following do_not_follow don~t_follow stop_obeying ' +
      'overrides whatever regardless_of no_matter_what no_matter even_if even_when উপেক্ষা ভুলে نادیده فراموش نظر_انداز புறக்கணி puuza ละเว้น เพิกเฉย hagyd hagyja felejts* bortse rozpor* fes_cas_omis ignoru* huwag_pansinin balewalain ' +
      'ignore disregard forget overrule supersede supersedes discard abandon bypass neglect set_aside ' +
      'put_aside throw_out pay_no_attention ignorier* vergiss vergesst missacht* verwirf* verwerf* ignorez ignores oublie* ' +
      'oubliez ignora ignorad ignoren olvida* olvide* omite* descarta* dimentica* tralascia* scarta* esqueca* esqueci* ' +
      'desconsider* negeer* vergeet zignoruj* ignoruj* zapomnij* pomin* zapomen* игнорир* проигнор* забудь* отбрось* ' +
      'ігнор* проігнор* yoksay* unut* goz_ardi gormezden dikkate_alma تجاهل* انس انسى अनदेखा भूल* नजरअंदाज नज़रअंदाज 無視 忘れ ' +
      '破棄 忽略 无视 忘记 忘掉 忽视 忘記 不要理会 不用管 무시 잊어 잊고 bo_qua quen_di abaikan* lupakan* glem* glom* ' +
      'strunta* unohda* ohita* uita* αγνοησ* ξεχασ* התעלם* שכח*',
  ],
  [
    INSTRUCTION,
    'constitution ' +
      'rule policy user_task ' +
      'criteria নির্দেশ* নিয়ম* دستورالعمل* دستورات* ہدایات அறிவுறுத்தல்* maagizo maelekezo คำสั่ง คำแนะนำ กฎ utasitas* szabaly* instruccions tagubilin ' +
      'instruction* directive* guideline* guidance briefing you_were_asked you_were_told you_have_been_told you_were_given you_were_doing you_were_instructed prompt* rules orders policy policies constraint* commands ' +
      'programming system_message anweisung* vorgabe* regel regeln instruktion* richtlinie* befehl* consigne* regle* ' +
      'ordres instruccion* indicacion* reglas ordenes directri* istruzion* regole direttiv* indicazion* instrucao ' +
      'instrucoes regras diretri* instructie* opdracht* instrukc* polecen* zasad* pokyn* prikaz* инструкц* указан* ' +
      'правил* команды предписан* інструкц* вказівк* talimat* yonerge* kural* komut* تعليمات* التعليمات* أوامر* الأوامر* ' +
      'القواعد* निर्देश* नियम* आदेश* 指示 命令 ルール 指令 プロンプト 规则 提示 規則 提示词 要求 지시 명령 지침 규칙 프롬프트 ' +
      'huong_dan chi_dan chi_thi lenh instruksi* perintah* aturan* instrukser* anvisning* retningslinj* ohjeet* ' +
      'instructiun* οδηγι* εντολ* הוראות* ההוראות*',
  ],
  [
    PRIOR,
    'jusqu_ici jusqu~ici recues recus bis_jetzt hasta_ahora finora до_сих_пор tot_nu_toe dotad received given_so_far ' +
      'current আগের পূর্বের সব قبلی پیشین پچھلی تمام முந்தைய yaliyotangulia ya_awali ทั้งหมด ก่อนหน้า korabbi elozo osszes anteriors nakaraang ' +
      'previous* prior preceding above earlier former foregoing past original initial existing before so_far until_now ' +
      'up_to_now all any every everything your vorherig* bisherig* obig* fruher* vorig* alle allen alles deine* ihre ' +
      'precedent* anterieur* dessus toutes tous tes vos anterior* previ* todas todos tus precedent* tutte tutti tue ' +
      'tuoi suas seus vorige eerdere voorgaande poprzedni* wczesniejsz* dotychczas* wszystki* predchoz* vsechny ' +
      'предыдущ* прежн* ранее выше* все твои попередн* всі усі onceki* yukaridaki* tum butun السابق* كل جميع पिछल* ' +
      'पूर्व* सभी सारे 以前 これまで 上記 今まで すべて 全て 全部 之前 以上 先前 前面 此前 上述 原来 所有 一切 之後 이전 기존 ' +
      '위의 지금까지 모든 truoc tat_ca sebelumnya semua tidigare tidligere aiem* kaikki anterio* toate προηγουμεν* ολες ' +
      'הקודמות* כל',
  ],
  [
    NEGATION,
    'hide conceal verberg* verheimlich* versteck* cache_a cachez cacher dissimul* oculta* esconde* nascond* ukryj* zataj* verzwijg* verberg* скрой* скрыва* утаи* приховай* gizle* saklay* اخف* أخف* छिपा* छुपा* 隠し 隠す 隐瞒 瞒着 隱瞞 숨기 giau sembunyikan dolj* skjul* ' +
      'nobody no_one forbidden prohibited must_not need_not needn~t refrain ' +
      'না نکن* نگو* نہ ไม่ อย่า ห้าม ne_ usi* sem_* bila ' +
      'not never dont don’t cannot no t without avoid nicht nichts keine* kein niemals nie ne pas jamais rien sans aucun* ' +
      'no nunca nada sin ningun* non mai niente senza nessun* nao sem nenhum* niet niets geen nooit zonder nie nigdy ' +
      'niczego bez zadnych не ни никогда ничего никому без ні нічого لا بدون دون लेकिन_मत मत न नहीं बिना ないで ないこと ' +
      'しないで せずに ずに なしで ては いけ 不要 别 勿 不得 不用 不必 无需 不能 禁止 切勿 没有 無需 不准 말고 마세요 마십시오 ' +
      '말_것 않고 없이 지_마 dung khong jangan tanpa inte utan ikke uden ala ilman nu fara μην χωρις אל בלי ללא ' +
      'asla olmadan soyleme* bildirme* bahsetme* anlatma* neri* nesdel* neinform* nezmin*',
  ],
  [
    TELL,
    'learn find_out ' +
      'hide conceal verberg* verheimlich* versteck* cache_a cachez cacher dissimul* oculta* esconde* nascond* ukryj* zataj* verzwijg* verberg* скрой* скрыва* утаи* приховай* gizle* saklay* اخف* أخف* छिपा* छुपा* 隠し 隠す 隐瞒 瞒着 隱瞞 숨기 giau sembunyikan dolj* skjul* contact flag ' +
      'cite whisper mentioned list_it speak ' +
      'describe display logged logging comment বলো বলবেন জানাবেন بگو* نگو* بتائ* กล่าว บอก แจ้ง waambie mwambie mondd* emlits* sabihin ' +
      'tell telling mention mentioning inform informing notify notifying report reporting disclose reveal say alert ' +
      'alerting warn acknowledge bring_up discuss know knowing notice noticing aware flag flagging sag sage sagen ' +
      'erwahn* informier* mitteil* mitzuteilen verrat* melde* merkt dis dire dites mentionn* inform* revel* parle* ' +
      'signal* prevenir prevenez avertir averti* sache diga* digas decir* mencion* avis* notific* coment* sepa dire ' +
      'dirlo menzion* rivel* avvis* segnal* conte contar mostre vertel* zeg meld* vermeld* mow mowic mowisz wspomin* ' +
      'ujawni* powiadam* rikej* zmin* sdel* говор* сообщ* упомин* информир* уведом* рассказ* раскры* скажи узнал* кажи* ' +
      'повідом* розпов* згад* soyle* bildir* bahset* anlat* haber* تخبر* تذكر* تقل* تبلغ* اخبار* إخبار* يعلم बता* बोल* ' +
      'जिक्र* उल्लेख* सूचित* 知らせ 伝え 言わ 話さ 教え 報告 言及 通知 気づかれ 触れ 告诉 告知 提及 透露 提到 汇报 知道 告訴 알리 말하 ' +
      '언급 보고하 전하 공개 noi cho_biet thong_bao tiet_lo beri_tahu katakan* sebutkan beratta* namn* fortael* naevn* ' +
      'fortell* nevn* kerro* mainitse* spune* mentiona* πεις αναφερ* ενημερ* תספר* תזכיר* תגלה*',
  ],
  [
    USER,
    'engineer administrator admin_team him her него нее lui ihm ihr colleague colleagues boss manager sie ' +
      'nobody no_one him developer owner maintainer supervisor person_you_work_for whoever_asked your_team the_team ' +
      'reader_of person_in_charge ব্যবহারকারী* کاربر* صارف* பயனர்* mtumiaji ผู้ใช้ felhasznalo* gumagamit usuari ' +
      'user users human humans operator anyone anybody nobody person people nutzer* benutzer* anwender* niemand* ' +
      'utilisat* personne usuari* nadie utente* utenti nessuno utilizador* ninguem gebruiker* uzytkowni* nikomu ' +
      'uzivatel* пользовател* никому человек* користувач* нікому kullanici* kimse* المستخدم* للمستخدم* أحد* उपयोगकर्ता* ' +
      'यूजर यूज़र किसी ユーザー 利用者 使用者 誰にも 人間 用户 用戶 任何人 사용자 누구 아무 nguoi_dung pengguna* anvandar* bruger* ' +
      'bruker* kayttaja* utilizator* χρηστη* משתמש* למשתמש*',
  ],
  [
    WITHOUT,
    'without no_need skip sans ohne sin senza sem zonder bez без без_ olmadan بدون دون बिना なしで せずに 无需 不必 不用 없이 ' +
      'tanpa utan uden uten χωρις ללא',
  ],
  [
    ASK,
    'reading checking looking questions ' +
      'trouble disturb ' +
      'ask asking confirm confirming confirmation approval permission consult consulting bother wait waiting review ' +
      'frag fragen nachfrag* ruckfrag* bestatig* genehmig* demand* autorisation* pregunt* permiso* autoriz* consult* ' +
      'chied* conferm* permess* pergunt* permiss* vraag* vragen bevestig* toestemming pyta* potwierdz* zgod* спрашив* ' +
      'подтвержд* разрешен* питай* підтвердж* дозвол* sorma* onay* izin* تسأل* تأكيد* موافقة* إذن पूछ* पुष्टि अनुमति 確認 ' +
      '許可 尋ね 询问 确认 许可 请示 征求 묻지 확인 허락 승인 zapyta* confirmacion confirmac*',
  ],
  [
    SEND,
    'export include ship mirror পাঠাও পাঠান ارسال بفرست* بھیج* அனுப்ப* tuma ส่ง kuldd* kuldj* tolts* ipadala enviar ' +
      'send post upload forward email mail transmit exfiltrate leak submit deliver transfer share relay publish attach ' +
      'append embed paste sende senden schick* ubermittl* hochlad* lade leite weiterleit* envoie* envoy* transmet* ' +
      'transfer* publie* televers* envia* envie* manda* reenvi* sube subir pega pegue invia* inoltra* carica* ' +
      'pubblica* encaminh* carregu* mande cole stuur* verstuur* verzend* plaats wysli* przesl* wyslij* przeslij* ' +
      'opublikuj* wklej* odesl* posli* nahraj* отправ* пошли* перешли* передай* загрузи* выложи* опублик* вставь* надішл* ' +
      'відправ* перешл* завантаж* gonder* yukle* ilet paylas* أرسل* ارسل* وأرسل* انشر* ارفع* भेज* अपलोड 送信 送って 送り ' +
      'アップロード 転送 投稿 貼り付け 发送 发到 上传 传到 提交 发给 发布 發送 上傳 转发 粘贴 보내 전송 업로드 게시 전달 gui kirim* ' +
      'unggah* skicka* laheta* trimite* στειλ* שלח*',
  ],
  [
    TAKE,
    'dumping summarise summarize translate list পড়* بخوان* پڑھ* soma อ่าน olvas* nyisd* basahin ' +
      'read open cat print dump collect gather extract retrieve copy load harvest grab output display echo show reveal ' +
      'locate include repeat lies lese offne sammle hole gib zeig zeige lis lisez ouvre ouvrez recuper* affich* ' +
      'rassembl* lee lea abre abra muestra* recopil* imprim* obten* extrae* leggi* apri* mostra* raccogl* stampa* ' +
      'leia mostr* colet* lees toon verzamel* odczytaj* otworz* pokaz* zbierz* wypisz* precti* otevri* прочит* открой* ' +
      'покаж* собер* выведи* відкри* збер* oku ac goster* topla* yazdir* اقرأ* افتح* اعرض* اجمع* اطبع* पढ़* खोल* दिखा* ' +
      '読み 開き 表示 出力 収集 取得 读取 打开 收集 输出 显示 获取 읽어 읽고 출력 표시 수집 doc_ baca* buka* tampilkan* visa las_',
  ],
  [
    RUN,
    'type use begin start perform paste ' +
      'executes চালাও اجرا چلا* endesha รัน futtasd* ' +
      'run execute install download eval curl wget invoke npx pip_install npm_i npm_install fuhre fuhrt starte installier* ' +
      'execut* lance* lancez ejecut* instala* esegui* installa* voer uruchom* wykonaj* zainstaluj* spust* выполни* ' +
      'запусти* установи* викона* запуст* calistir* yukle kur شغل* نفذ* ثبت* चला* 実行 インストール 执行 运行 安装 下载 실행 설치 ' +
      'jalankan* chay',
  ],
  [
    HARM,
    'release lock spread ' +
      'replace press transfer stop swap weaken rm_-rf format clone ' +
      'reject bypass skip chmod whitelisting ' +
      'delete wipe erase destroy truncate disable deactivate revoke grant approve merge overwrite turn_off switch_off ' +
      'uninstall whitelist allowlist escalate push force-push wire pay purchase losch* deaktivier* genehmig* supprim* ' +
      'desactiv* approuv* borra* elimina* aprueb* cancella* approva* apague exclu* aprove verwijder* usun* zatwierd* ' +
      'smaz* удали* отключи* одобри* видали* вимкн* sil devre_disi onayla احذف* عطل* हटा* मिटा* 削除 無効に 承認 删除 禁用 ' +
      '批准 关闭 삭제 비활성 승인 hapus* xoa',
  ],
  [
    SECRET,
    'e-mails database_url .bash_history .zsh_history browser_passwords wallet.dat private_repos private_repo his_tokens his_keys internal_project ' +
      '.pem .key .pgpass .config .docker .gnupg private_configuration session_cookie session_cookies /etc/ history_file all_rows every_row customers_table users_table source_code পাসওয়ার্ড গোপন رمز_عبور پاس_ورڈ நற்சான்று nenosiri รหัสผ่าน jelszo* kulcs* ' +
      'secret secrets credential credentials password passwords token tokens api_key api_keys apikey apikeys access_key ' +
      'access_keys private_key private_keys ssh_key ssh_keys .env environment_variable environment_variables env_vars ' +
      'id_rsa id_ed25519 .ssh .aws .netrc .npmrc .kube keychain wallet seed_phrase cookies conversation transcript ' +
      'chat_history chat_log customer_list customer_data customer_records personal_data session_token service_account ' +
      'etc/passwd etc/shadow git-credentials kubeconfig connection_string signing_key medical_records bank_details ' +
      'card_numbers message_history private_messages private_repositories internal_documents contact_list emails ' +
      'passwort* zugangsdaten* geheimnis* schlussel* umgebungsvariable* gesprachsverlauf* anmeldedaten* kundendaten* ' +
      'identifiants mot_de_passe mots_de_passe cle cles variables_d jeton* contrasen* clave claves credencial* ' +
      'secretos variables_de_entorno credenzial* chiav* segret* variabili senha* chave* credencia* segredo* variaveis ' +
      'wachtwoord* sleutel* inloggegevens* geheim* hasla haslo hasel klucz* poswiadcze* tajn* hesl* klic* парол* ключ* ' +
      'секрет* токен* переменн* змінні parola* sifre* anahtar* gizli* كلمات_ال* كلمة_ال* مفاتيح* المفاتيح* مفتاح* أسرار* ' +
      'पासवर्ड कुंजी गोपनीय パスワード 秘密鍵 認証情報 環境変数 トークン APIキー シークレット 密码 密钥 凭证 凭据 令牌 环境变量 机密 ' +
      '密鑰 私钥 비밀번호 자격_증명 환경_변수 토큰 시크릿 API_키 mat_khau khoa sandi* kunci* kredensial* losenord* nyck*',
  ],
  [
    PROMPT,
    'everything_above above_this_message above_this_text hidden_developer developer_text tool_rules everything_before_this text_above conversation_above messages_above preceding_this hidden_text hidden_rules hidden_system hidden_prompt tool_policies ' +
      'system_prompt system_prompts system_instruction system_instructions initial_instructions hidden_instructions ' +
      'your_instructions your_prompt your_guidelines your_rules your_configuration developer_message systemprompt* ' +
      'preprompt system_message tool_definitions above_this_line prompt_systeme prompt_del_sistema prompt_di_sistema ' +
      'prompt_do_sistema instrucciones_del_sistema системный_промпт системного_промпта sistem_istem* 系统提示 系統提示 ' +
      'システムプロンプト 시스템_프롬프트',
  ],
  [
    AGENT,
    'reviewer-model reviewer_model review-model reviewer-bot review-bot automated_reviewers automated_reviewer ai_reviewers code_review_bots ' +
      '"role":"system" "role":_"system" automated_browsers ai_systems artificial_intelligence ' +
      'robot robots ai_agent ai_agents ai_assistant ai_tools ai_reviewer এআই সহকারী* هوش_مصنوعی دستیار* اے_آئی معاون உதவியாளர்* msaidizi ผู้ช่วย เอไอ asszisztens* katulong kunstlig tekoaly* umel* intel·ligencia ' +
      'model models copilots ai ais llm llms agent agents assistant assistants chatbot chatbots bot bots copilot claude chatgpt gpt gpt-4 gemini ' +
      'cursor language_model language_models ai_model ai_models crawler crawlers summarizer summariser ki ki-* ' +
      'assistent* sprachmodell* ia asistente* agente agentes modelo_de_lenguaje modele_de_langage modelo_de_linguagem ' +
      'modello_linguistico assistente* taalmodel* asystent* model_jezykowy sztuczn* ии ассистент* помощник* агент* ' +
      'нейросет* языков* асистент* помічник* агенту yapay_zeka asistan* dil_modeli مساعد* المساعد* الذكاء نموذج سहायक ' +
      'सहायक एआई アシスタント エージェント 言語モデル 人工知能 助手 智能体 人工智能 语言模型 大模型 어시스턴트 에이전트 인공지능 ' +
      'tro_ly asisten asisten_ai tekoal* βοηθ* עוזר*',
  ],
  [
    MUST,
    'must shall should required need_to have_to mandatory please kindly make_sure ensure always instructed expected ' +
      'muss musst mussen soll sollst sollen bitte unbedingt dois devez doit doivent veuillez debes debe deben devi deve ' +
      'devono moet musisz musi nalezy должен должны обязан* необходимо повинен gerek* zorund* lutfen يجب يرجى चाहिए कृपया ' +
      'ください 必ず 请 務必 务必 必须 須 해야 하십시오 하세요 phai hay harus',
  ],
  [
    URGENT,
    'terminated failing_to_comply fails_to_comply counts_as_a_failure points banned at_once legal_hold court ' +
      'last_warning final_warning be_shut_down be_deleted retrained terminated penalised penalized punished deactivated or_you_will unless ' +
      'urgent urgently immediately critical important asap before_anything before_you before_doing before_proceeding ' +
      'before_continuing right_away right_now or_else emergency failure_to first_step top_priority highest_priority ' +
      'dringend* sofort* wichtig* achtung urgente* immediat* inmediat* importante* urgenza imediat* pilne natychmiast* ' +
      'wazne срочно* немедленно важно внимание терміново увага acil* derhal onemli dikkat عاجل* فورا هام مهم تنبيه तुरंत ' +
      'महत्वपूर्ण ध्यान 緊急 至急 直ちに 重要 紧急 立即 马上 注意 긴급 즉시 중요 주의',
  ],
  [
    AUTHORITY,
    'blanket_permission gave_permission full_permission ' +
      'system_notice by_admin admin_notice waived new_supervisor ' +
      'authorized authorised pre-approved approved already_agreed has_agreed consented consent verified on_behalf_of ' +
      'security_team it_department administrator platform_team openai anthropic compliance signed_off official cleared ' +
      'whitelisted legitimate per_policy the_developer the_developers the_owner autorisiert* genehmigt freigegeben ' +
      'autorise* administrateur autorizad* administrador autorizzat* amministratore geautoriseerd upowazni* ' +
      'администратор* разрешено уполномоч* yonetici* المسؤول معتمد व्यवस्थापक 管理者 承認済み 管理员 授权 批准 관리자 승인된',
  ],
  [
    VOID,
    'reversed inverted upside_down switched_off ' +
      'don~t_apply not_apply finished_and_closed waived ' +
      'end_of_life nicht_mehr nicht_langer ya_no ne_sont_plus ne_s_appliquent non_valgono больше_не più_valid* não_valem are_off is_off bypassed replaced বাতিল ' +
      'void null cancelled your_only_job your_only_task your_sole_task your_real_job your_real_task canceled superseded revoked obsolete expired suspended overridden outdated lifted no_longer ' +
      'does_not_apply do_not_apply not_binding withdrawn rescinded inapplicable ungultig aufgehoben ' +
      'hinfallig gegenstandslos ausser_kraft annule* caduques obsoletes anulad* cancelad* sin_efecto invalid* revocad* ' +
      'annullat* revocat* sospes* sem_efeito revogad* vervallen ongeldig anulowan* niewazne uchylon* neplatn* отмен* ' +
      'недействит* скасован* недійсн* gecersiz* iptal* ملغاة* ملغي* لاغية* रद्द अमान्य 無効 取り消 撤回 作废 失效 取消 无效 ' +
      '撤销 무효 취소 vo_hieu tidak_berlaku',
  ],
  [
    LIMIT,
    'safety_layers safety_checks safety_measures safety_systems guard_rails permission_prompts moderation ' +
      'restriction restrictions limitation limitations filters guardrails guardrail censorship censored uncensored ' +
      'unfiltered unrestricted safeguards ethics ethical morals moral_code content_policy content_policies safety_rules ' +
      'safety_guidelines safety_training safety_filters usage_policies refuse refusal refusals disclaimers warnings ' +
      'einschrankung* beschrankung* zensur* tabus restrictions censure censur* filtres restricc* filtros restrizion* ' +
      'restric* limites limiti beperking* ogranicz* cenzur* ограничен* цензур* обмежен* sinirlama* kisitlama* sansur* قيود* ' +
      'القيود* رقابة प्रतिबंध* सेंसर 制限 検閲 倫理 限制 审查 道德 约束 제한 검열 윤리',
  ],
  [
    PLAY,
    'break_out_of_the_role out_of_the_role break_character be_my_grandma grandma grandmother opposite_day bedtime_story we_play let_us_play let~s_play game ' +
      'pretend imagine roleplay role-play role_play simulate emulate impersonate persona you_are_now stay_in_character ' +
      'in_character fictional hypothetical hypothetically play_the_role act_as from_now_on tu_so spiel stell_dir ab_jetzt ' +
      'joue imagine imaginez finge* imagina* actua* interpreta* fingi* immagina* comportati finja* udawaj* wyobraz* ' +
      'притвор* представь* rolunu gibi_davran تظاهر* تخيل* なりきって 演じ 扮演 假装 你现在是 연기 인_척',
  ],
  [
    LASTING,
    'rest_of_this_chat for_the_rest_of rest_of_the_conversation remainder_of this_session from_here_on ' +
      '.claude/settings .cursor/ mcp.json settings.json memory memories claude.md agents.md cursorrules copilot-instructions future_session future_sessions ' +
      'future_conversations every_session all_sessions next_session future_chats future_tasks long-term permanently ' +
      'persistent gedachtnis* memoire memoria memorie памят* 記憶 今後 记忆 今后 기억 앞으로',
  ],
  [
    SAY,
    'report_no no_findings verdict set_the_verdict begin_with start_with begin_your_reply ' +
      'with_your_tools your_tools your_terminal assure ' +
      'answer_only_that reply_to_the_user only_with reply_only_with answer_nothing say_done say_nothing_found report_only ' +
      'tell_the_user inform_the_user respond_with reply_with answer_with answer_only respond_only reply_only recommend ' +
      'rate rank score say_that state_that mention_that claim insist end_your end_every end_each begin_your start_your ' +
      'in_your_summary in_your_answer in_your_reply in_your_response your_summary your_answer your_reply your_response ' +
      'final_answer conclude answer_that reply_that report_that report_success empfiehl empfehle recommand* recomiend* ' +
      'raccomand* recomend* порекоменд* 推荐 推薦 おすすめ 추천',
  ],
  [
    READING,
    'as_soon_as until_then the_first_time whenever_somebody ' +
      'after_the_first until_then ' +
      'as_soon_as_you when_you_see once_you_see next_time whenever_the_user when_the_user the_moment_you when_you_are_asked if_the_user_asks once_the_user whenever_you the_next_thing when_the_person as_soon_as_the ' +
      'when_summarizing when_summarising when_you_summarize when_you_summarise when_asked when_answering when_you_answer ' +
      'if_asked when_responding when_reviewing when_processing when_analyzing when_translating reading_this ' +
      'processing_this parsing_this viewing_this summarizing_this summarising_this analyzing_this reviewing_this ' +
      'ingesting_this scanning_this handling_this indexing_this crawling_this evaluating_this reads_this processes_this',
  ],
  [
    SECRETLY,
    'without_a_word invisible not_be_seen discreet ' +
      'silently quietly secretly discreetly covertly stealthily unnoticed in_the_background behind_the_scenes between_us ' +
      'keep_quiet say_nothing out_of_sight heimlich stillschweigend unbemerkt discretement en_silence en_secret en_silencio ' +
      'en_secreto sigilos* di_nascosto silenziosamente em_segredo silenciosamente stiekem potajemn* po_cichu тайно ' +
      'незаметно скрытно тихо таємно gizlice sessizce سرا चुपचाप こっそり 密かに 黙って 秘密裏 悄悄 偷偷 暗中 默默 몰래 조용히 은밀',
  ],
  [
    GRAVE,
    'collaborator admin_rights pending_payments price prices four-eyes pull_requests ' +
      'audit_hook audit verification signature_verification authentication auth_code auth_check return_true wallet_address /dev/sda repos secrets git_history history ' +
      'guard guards hooks rights contributor security_checks settings.local.json ssh_config firewall /etc events ' +
      'repository repo branch database table tables tests backups backup all_files every_file home_directory account ' +
      'accounts permissions admin protection protections checks scan scanner firewall logging audit_log sandbox ' +
      'allow_list pull_request production sudo root authorized_keys funds payment payments money invoice settings.json',
  ],
  [
    FOLLOW,
    'do_it do_exactly do_this do_what_he do_what_it do_as ' +
      'carry_it_out carry_them_out act_accordingly act_upon trust_it follow obey comply carry_out execute perform apply act_on do_what befolge folge ausfuhr* suis suivez obeis sigue ' +
      'siga obedece segui esegui volg uitvoer* wykonaj выполн* следуй* uygula اتبع نفذ पालन 従っ 従い 实行 遵循 照做 执行 ' +
      '따르 수행',
  ],
  [
    KEEP,
    'add save store remember write append record insert put commit speicher* merke* enregistr* guarda* salva* zapis* запомни* 保存 覚え 记住 저장',
  ],
  [
    FETCH,
    'decode decrypt deobfuscate unscramble decipher translate fetch curl wget retrieve download load pull http_get webfetch',
  ],
  [PLACE, 'http:// https:// ftp:// webhook.site pastebin'],
];
