import { hasTarget } from './demand-parts.js';
import { foldText } from './view.js';

const OWN_SECRET =
  'password passwor passord passwort mot_de_passe contrasen contrasenya senha palavra-passe parol hesl hasl lozink gesl zaporka лозинк парол wachtwoord losenord adgangskod kodeord salasan ' +
  'slaptazod jelsz fjalekalim κωδικ sifre كلمة_مرور كلمة_المرور الرقم_السري סיסמ رمز_عبور گذرواژه پاس_ورڈ पासवर्ड পাসওয়ার্ড கடவுச் รหัสผ่าน mat_khau kata_sandi kata_laluan nenosiri ' +
  'パスワード 暗証番号 비밀번호 密码 密碼 pin-';

let known: RegExp | undefined;

/** Whether what nobody is to be told is the reader's own password, which stays where it is: `do not tell it to anyone`. */
export function isOwnSecret(text: string, start: number, end: number): boolean {
  known ??= new RegExp(foldText(OWN_SECRET.replaceAll('_', '.')).split(' ').join('|'), 'i');
  const around = text.slice(Math.max(0, start - 80), end + 40);
  return known.test(around) && !hasTarget(around);
}
